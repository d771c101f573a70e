// The wide-character ncurses as a Swift module, with the few inline functions for what Swift
// cannot import; each says why.
#ifndef CNCURSES_SHIM_H
#define CNCURSES_SHIM_H

// SwiftPM drops the -D flags of ncursesw.pc, and without this one the wide functions vanish.
#define NCURSES_WIDECHAR 1
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <stdio.h>
#include <term.h>

// `stdin`, `stdout`, `stdscr` and `curscr` are mutable globals, which Swift 6 refuses.
static inline FILE *cncurses_stdin(void) { return stdin; }
static inline FILE *cncurses_stdout(void) { return stdout; }
static inline WINDOW *cncurses_stdscr(void) { return stdscr; }
static inline WINDOW *cncurses_curscr(void) { return curscr; }

// `COLORS`, `COLOR_PAIRS` and `cur_term` are mutable globals too.
static inline int cncurses_colors(void) { return COLORS; }
static inline int cncurses_pairs(void) { return COLOR_PAIRS; }
static inline TERMINAL *cncurses_current_terminal(void) { return cur_term; }

// `A_BOLD` and its like are macros with a cast, which Swift does not import.
static inline attr_t cncurses_bold(void) { return A_BOLD; }
static inline attr_t cncurses_dim(void) { return A_DIM; }
static inline attr_t cncurses_underline(void) { return A_UNDERLINE; }
static inline attr_t cncurses_reverse(void) { return A_REVERSE; }

// The extended pair number goes through setcchar's `opts`, an untyped pointer to an int.
static inline void cncurses_set_cell(cchar_t *cell, wchar_t character, attr_t attributes, int pair) {
  wchar_t text[2] = {character, 0};
  setcchar(cell, text, attributes, 0, &pair);
}

// The BUTTON macros shift a cast value, which Swift does not import.
static inline mmask_t cncurses_pressed(int button) {
  return NCURSES_MOUSE_MASK(button, NCURSES_BUTTON_PRESSED);
}
static inline mmask_t cncurses_released(int button) {
  return NCURSES_MOUSE_MASK(button, NCURSES_BUTTON_RELEASED);
}
static inline mmask_t cncurses_moved(void) { return REPORT_MOUSE_POSITION; }

// `CODESET` and nl_langinfo's parameter differ in type when Swift imports them.
static inline const char *cncurses_codeset(void) { return nl_langinfo(CODESET); }

// <wchar.h> declares it only with _XOPEN_SOURCE, which an importing module cannot set.
extern int wcwidth(wchar_t character);

#endif
