#define _GNU_SOURCE
#include "CVTerm.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>
#include <vterm.h>

struct CVTerm {
  VTerm *emulator;
  VTermScreen *screen;
  int terminal;
  int slave;  // kept open, so that the terminal's attributes can be read after the program's end
  pid_t process;
  int status;
  bool alternate, cursor, mouse;
  bool silent;
  bool holding;
  char held[4096];
  size_t held_count;
  uint8_t *output;
  size_t count, capacity;
};

static int set_property(VTermProp property, VTermValue *value, void *user) {
  CVTerm *terminal = user;
  if (property == VTERM_PROP_ALTSCREEN) terminal->alternate = value->boolean;
  if (property == VTERM_PROP_CURSORVISIBLE) terminal->cursor = value->boolean;
  if (property == VTERM_PROP_MOUSE) terminal->mouse = value->number != VTERM_PROP_MOUSE_NONE;
  return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = set_property};

static void reset_signals(void) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
}

static void start_emulator(CVTerm *terminal, int rows, int columns) {
  terminal->emulator = vterm_new(rows, columns);
  vterm_set_utf8(terminal->emulator, 1);
  terminal->screen = vterm_obtain_screen(terminal->emulator);
  vterm_screen_enable_altscreen(terminal->screen, 1);
  vterm_screen_set_callbacks(terminal->screen, &callbacks, terminal);
  vterm_screen_reset(terminal->screen, 1);
}

CVTerm *cvterm_start(const char *path, char *const arguments[], char *const environment[], int rows,
                     int columns) {
  CVTerm *terminal = calloc(1, sizeof(CVTerm));
  if (!terminal) return NULL;
  terminal->status = -1;
  terminal->cursor = true;
  struct winsize size = {.ws_row = rows, .ws_col = columns};
  if (openpty(&terminal->terminal, &terminal->slave, NULL, NULL, &size) != 0) {
    free(terminal);
    return NULL;
  }
  terminal->process = fork();
  if (terminal->process == 0) {
    reset_signals();
    close(terminal->terminal);
    login_tty(terminal->slave);
    execve(path, arguments, environment);
    _exit(127);
  }
  start_emulator(terminal, rows, columns);
  return terminal;
}

static void keep(CVTerm *terminal, const uint8_t *bytes, size_t count) {
  if (terminal->count + count > terminal->capacity) {
    terminal->capacity = 2 * (terminal->count + count);
    terminal->output = realloc(terminal->output, terminal->capacity);
    if (!terminal->output) abort();
  }
  memcpy(terminal->output + terminal->count, bytes, count);
  terminal->count += count;
}

// Sends what the terminal answers to the program's questions.
static void answer(CVTerm *terminal) {
  char bytes[256];
  size_t count;
  while ((count = vterm_output_read(terminal->emulator, bytes, sizeof bytes)) > 0) {
    if (terminal->silent) continue;
    if (terminal->holding) {
      if (terminal->held_count + count > sizeof terminal->held) abort();
      memcpy(terminal->held + terminal->held_count, bytes, count);
      terminal->held_count += count;
      continue;
    }
    if (write(terminal->terminal, bytes, count) != (ssize_t)count) return;
  }
}

void cvterm_keep_silent(CVTerm *terminal) { terminal->silent = true; }

void cvterm_hold_answers(CVTerm *terminal, bool holding) {
  terminal->holding = holding;
  if (holding) return;
  if (write(terminal->terminal, terminal->held, terminal->held_count) < 0) return;
  terminal->held_count = 0;
}

int cvterm_pump(CVTerm *terminal, int milliseconds) {
  struct pollfd request = {.fd = terminal->terminal, .events = POLLIN};
  if (poll(&request, 1, milliseconds) <= 0) return 0;
  uint8_t bytes[4096];
  ssize_t count = read(terminal->terminal, bytes, sizeof bytes);
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
  if (count <= 0) return -1;
  keep(terminal, bytes, (size_t)count);
  vterm_input_write(terminal->emulator, (const char *)bytes, (size_t)count);
  answer(terminal);
  return (int)count;
}

int cvterm_read(CVTerm *terminal, int milliseconds, uint8_t *bytes, size_t capacity) {
  struct pollfd request = {.fd = terminal->terminal, .events = POLLIN};
  if (poll(&request, 1, milliseconds) <= 0) return 0;
  ssize_t count = read(terminal->terminal, bytes, capacity);
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
  return count <= 0 ? -1 : (int)count;
}

bool cvterm_type(CVTerm *terminal, const char *bytes, size_t count) {
  return write(terminal->terminal, bytes, count) == (ssize_t)count;
}

void cvterm_resize(CVTerm *terminal, int rows, int columns) {
  struct winsize size = {.ws_row = rows, .ws_col = columns};
  vterm_set_size(terminal->emulator, rows, columns);
  ioctl(terminal->terminal, TIOCSWINSZ, &size);
}

static int32_t rgb(const CVTerm *terminal, VTermColor color, bool is_default) {
  if (is_default) return -1;
  vterm_screen_convert_color_to_rgb(terminal->screen, &color);
  return color.rgb.red << 16 | color.rgb.green << 8 | color.rgb.blue;
}

CVTermCell cvterm_cell(const CVTerm *terminal, int row, int column) {
  VTermScreenCell cell;
  memset(&cell, 0, sizeof cell);
  vterm_screen_get_cell(terminal->screen, (VTermPos){.row = row, .col = column}, &cell);
  CVTermCell result = {
      .character = cell.chars[0],
      .foreground = rgb(terminal, cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg)),
      .background = rgb(terminal, cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)),
      .bold = cell.attrs.bold,
      .underline = cell.attrs.underline != 0,
      .reverse = cell.attrs.reverse,
  };
  return result;
}

bool cvterm_is_alternate_screen(const CVTerm *terminal) { return terminal->alternate; }
bool cvterm_is_cursor_visible(const CVTerm *terminal) { return terminal->cursor; }
bool cvterm_is_mouse_on(const CVTerm *terminal) { return terminal->mouse; }

bool cvterm_is_cooked(const CVTerm *terminal) {
  struct termios attributes;
  if (tcgetattr(terminal->slave, &attributes) != 0) return false;
  return (attributes.c_lflag & ECHO) && (attributes.c_lflag & ICANON);
}

const uint8_t *cvterm_output(const CVTerm *terminal, size_t *count) {
  *count = terminal->count;
  return terminal->output;
}

int cvterm_process(const CVTerm *terminal) { return terminal->process; }

int cvterm_wait_status(CVTerm *terminal) {
  int status;
  if (terminal->status < 0 && waitpid(terminal->process, &status, WNOHANG) == terminal->process) {
    terminal->status = status;
  }
  return terminal->status;
}

void cvterm_close(CVTerm *terminal) {
  if (cvterm_wait_status(terminal) < 0) {
    kill(terminal->process, SIGKILL);
    waitpid(terminal->process, NULL, 0);
  }
  close(terminal->terminal);
  close(terminal->slave);
  vterm_free(terminal->emulator);
  free(terminal->output);
  free(terminal);
}

bool cvterm_has_exited(int status) { return WIFEXITED(status); }
int cvterm_exit_code(int status) { return WEXITSTATUS(status); }
bool cvterm_was_signalled(int status) { return WIFSIGNALED(status); }
int cvterm_signal(int status) { return WTERMSIG(status); }
