#ifndef CAMTUI_CCRYPTO_H
#define CAMTUI_CCRYPTO_H

#include <openssl/evp.h>

#endif
