// A program on a pseudo-terminal whose output an emulated terminal (libvterm) interprets: for tests
// of what a user would see. Not thread-safe; one thread uses one terminal.
#ifndef CVTERM_H
#define CVTERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct CVTerm CVTerm;

typedef struct {
  uint32_t character;  // 0 for an empty cell
  int32_t foreground;  // 0xRRGGBB, -1 for the default
  int32_t background;
  bool bold, underline, reverse;
} CVTermCell;

// Starts `path` on a new terminal; NULL when that fails. `arguments` and `environment` end with
// NULL. The child's signals are as in a fresh shell.
CVTerm *cvterm_start(const char *path, char *const arguments[], char *const environment[], int rows,
                     int columns);

// Waits at most `milliseconds` for output and interprets at most 4096 bytes of it. Returns their
// number, 0 when nothing came, -1 when the terminal is broken.
int cvterm_pump(CVTerm *terminal, int milliseconds);

// Reads output without interpreting it, for measurements of the program alone. Results as above.
int cvterm_read(CVTerm *terminal, int milliseconds, uint8_t *bytes, size_t capacity);

// From now on the terminal leaves questions of the program unanswered.
void cvterm_keep_silent(CVTerm *terminal);

// Keeps the terminal's answers back, as a slow connection does, or sends those that were.
void cvterm_hold_answers(CVTerm *terminal, bool holding);

// Types bytes. Returns false when the terminal is closed.
bool cvterm_type(CVTerm *terminal, const char *bytes, size_t count);

// Changes the size; the program gets SIGWINCH.
void cvterm_resize(CVTerm *terminal, int rows, int columns);

CVTermCell cvterm_cell(const CVTerm *terminal, int row, int column);
bool cvterm_is_alternate_screen(const CVTerm *terminal);
bool cvterm_is_cursor_visible(const CVTerm *terminal);
bool cvterm_is_mouse_on(const CVTerm *terminal);

// Whether the terminal echoes and collects lines, as it does in a shell.
bool cvterm_is_cooked(const CVTerm *terminal);

// All bytes that the program has written so far.
const uint8_t *cvterm_output(const CVTerm *terminal, size_t *count);

int cvterm_process(const CVTerm *terminal);

// The program's wait status when it has ended, else -1; never waits.
int cvterm_wait_status(CVTerm *terminal);

// Kills the program if it still runs, and frees everything.
void cvterm_close(CVTerm *terminal);

// The parts of a wait status: macros in C.
bool cvterm_has_exited(int status);
int cvterm_exit_code(int status);
bool cvterm_was_signalled(int status);
int cvterm_signal(int status);

#endif
