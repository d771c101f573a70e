#ifndef CIMAGECODECS_SHIM_H
#define CIMAGECODECS_SHIM_H

// The codec interfaces whose errors are return codes. All of what is used imports into Swift as it
// is, so nothing is wrapped here; the classic libjpeg and libpng interfaces report errors by longjmp,
// which must never cross a Swift frame, and stay out.
#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>
#include <zlib.h>

#endif
