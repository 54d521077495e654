/* A market decoder as the host holds it: frames of a venue's public data go in as they came from
 * the wire, plain market records come out, books already synchronised. It opens no connection: it
 * says what to ask of the venue, the host asks. Live feeds and the import of recordings use the
 * same decoder. Calls from one thread, one at a time; none may block, throw or keep a pointer.
 * Provisional until the first release of the plugin ABI. */
#ifndef GREKKO_MARKET_DECODER_H
#define GREKKO_MARKET_DECODER_H

#include <stddef.h>

#include <grekko/events.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GREKKO_MARKET_DECODER_VERSION 1u

enum {
    GREKKO_FRAME_CONNECTED = 1, /* a connection is up; counting of frames begins anew */
    GREKKO_FRAME_DISCONNECTED = 2,
    GREKKO_FRAME_STREAM = 3,    /* one whole message of the stream */
    GREKKO_FRAME_ANSWER = 4     /* the body of an answer to a request; `url` is what was asked */
};

/* Borrowed until return. Behind `text` at least `readable` bytes may be read (and mean nothing):
 * with 64 or more the text is parsed where it lies. */
typedef struct grekko_frame {
    uint32_t size;
    uint8_t kind;
    uint8_t reserved[3];
    grekko_time received_at;
    const char* text;
    size_t text_bytes;
    size_t readable;
    const char* url;
    size_t url_bytes;
} grekko_frame;

enum {
    GREKKO_ASK_SNAPSHOT = 1,    /* fetch the book of `symbol` and hand the body in as an answer */
    GREKKO_ASK_RESUBSCRIBE = 2, /* subscribe the book channel of `symbol` again */
    GREKKO_ASK_RECONNECT = 3
};

typedef struct grekko_market_request {
    uint32_t size;
    uint8_t kind;
    uint8_t reserved[3];
    char symbol[24];
} grekko_market_request;

/* What the venue says about an instrument; zero where it has not said it. */
typedef struct grekko_listing {
    uint32_t size;
    uint16_t instrument;
    uint8_t status; /* GREKKO_TRADING ..., 0: not said */
    uint8_t reserved;
    char symbol[24]; /* as the venue writes it */
    char base[16];
    char quote[16];
    grekko_decimal tick, lot, market_lot;
    grekko_decimal quantity_min, quantity_max;
    grekko_decimal price_min, price_max;
    grekko_decimal notional_min;
} grekko_listing;

typedef struct grekko_market_statistics {
    uint32_t size;
    uint32_t reserved;
    uint64_t frames;
    uint64_t malformed;  /* refused frames */
    uint64_t ignored;    /* understood and of no use here */
    uint64_t duplicates; /* updates and trades that were known */
    uint64_t gaps;       /* places where the venue's numbers jump */
    uint64_t books;      /* books synchronised, again ones included */
} grekko_market_statistics;

typedef struct grekko_market_decoder {
    uint32_t size;
    uint32_t version;
    void* self;
    /* Takes one frame. GREKKO_ERROR_INVALID: it is malformed, counted and without effect;
     * last_refusal says why. Records of a frame are taken before the next frame is given. */
    grekko_status (*frame)(void* self, const grekko_frame* frame);
    /* The next record of the last frame, good until the next call; NULL: none. */
    const grekko_market_head* (*next_record)(void* self);
    /* One sentence, terminated; empty: none was refused. */
    const char* (*last_refusal)(void* self);
    /* Takes the next request; 0: none waits. */
    int (*next_request)(void* self, grekko_market_request* request);
    /* The listing of instrument `index` (from 0, in the order of the ids); 0: no such. */
    int (*listing)(void* self, uint32_t index, grekko_listing* listing);
    void (*statistics)(void* self, grekko_market_statistics* statistics);
    void (*destroy)(void* self);
} grekko_market_decoder;

#ifdef __cplusplus
}
#endif

#include <grekko/layout/market_decoder.h>
#endif
