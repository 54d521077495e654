// Writes talib.csv from bars.csv with TA-Lib: see README.md for how to build it. It is no part of
// the build. A column is named indicator/parameters.../output as the registry of indicators names
// them; an empty cell is before TA-Lib's first value.
#include "ta_libc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT = 300, COLUMNS_MAX = 128 };

static double opens[COUNT], highs[COUNT], lows[COUNT], closes[COUNT], volumes[COUNT], others[COUNT];
static char names[COLUMNS_MAX][64];
static double columns[COLUMNS_MAX][COUNT];
static int firsts[COLUMNS_MAX];
static int column_count = 0;
static int begin, size;
static double first_out[COUNT], second_out[COUNT], third_out[COUNT];

static void keep(const char* name, const double* values) {
    strcpy(names[column_count], name);
    firsts[column_count] = begin;
    memcpy(columns[column_count] + begin, values, (size_t)size * sizeof(double));
    ++column_count;
}

static void ask(TA_RetCode code, const char* name) {
    if (code != TA_SUCCESS || begin + size != COUNT) {
        fprintf(stderr, "%s: code %d, %d values from %d\n", name, (int)code, size, begin);
        exit(1);
    }
}

#define LAST (COUNT - 1)
#define ONE(name, call)                                                                            \
    ask(call, name);                                                                               \
    keep(name, first_out)

static void averages(void) {
    ONE("sma/1/value", TA_MA(0, LAST, closes, 1, TA_MAType_SMA, &begin, &size, first_out));
    ONE("sma/20/value", TA_SMA(0, LAST, closes, 20, &begin, &size, first_out));
    ONE("ema/12/value", TA_EMA(0, LAST, closes, 12, &begin, &size, first_out));
    ONE("ema/48/value", TA_EMA(0, LAST, closes, 48, &begin, &size, first_out));
    ONE("wma/2/value", TA_WMA(0, LAST, closes, 2, &begin, &size, first_out));
    ONE("wma/20/value", TA_WMA(0, LAST, closes, 20, &begin, &size, first_out));
    ONE("kama/10/value", TA_KAMA(0, LAST, closes, 10, &begin, &size, first_out));
    ONE("dema/10/value", TA_DEMA(0, LAST, closes, 10, &begin, &size, first_out));
    ONE("tema/10/value", TA_TEMA(0, LAST, closes, 10, &begin, &size, first_out));
    ONE("trix/9/value", TA_TRIX(0, LAST, closes, 9, &begin, &size, first_out));
}

static void momenta(void) {
    ONE("rsi/14/value", TA_RSI(0, LAST, closes, 14, &begin, &size, first_out));
    ONE("rsi/2/value", TA_RSI(0, LAST, closes, 2, &begin, &size, first_out));
    ONE("cmo/14/value", TA_CMO(0, LAST, closes, 14, &begin, &size, first_out));
    ONE("momentum/10/value", TA_MOM(0, LAST, closes, 10, &begin, &size, first_out));
    ONE("roc/10/value", TA_ROC(0, LAST, closes, 10, &begin, &size, first_out));
    ask(TA_MACD(0, LAST, closes, 12, 26, 9, &begin, &size, first_out, second_out, third_out),
        "macd");
    keep("macd/12/26/9/line", first_out);
    keep("macd/12/26/9/signal", second_out);
    keep("macd/12/26/9/histogram", third_out);
    ask(TA_MACD(0, LAST, closes, 5, 8, 3, &begin, &size, first_out, second_out, third_out), "macd");
    keep("macd/5/8/3/line", first_out);
    keep("macd/5/8/3/signal", second_out);
}

static void ranges(void) {
    ONE("highest/20/value", TA_MAX(0, LAST, closes, 20, &begin, &size, first_out));
    ONE("lowest/20/value", TA_MIN(0, LAST, closes, 20, &begin, &size, first_out));
    ONE("donchian/20/middle", TA_MIDPRICE(0, LAST, highs, lows, 20, &begin, &size, first_out));
    ONE("cci/20/value", TA_CCI(0, LAST, highs, lows, closes, 20, &begin, &size, first_out));
    ONE("williams_r/14/value",
        TA_WILLR(0, LAST, highs, lows, closes, 14, &begin, &size, first_out));
    ask(TA_STOCH(0, LAST, highs, lows, closes, 14, 3, TA_MAType_SMA, 3, TA_MAType_SMA, &begin,
                 &size, first_out, second_out),
        "stochastic");
    keep("stochastic/14/3/3/k", first_out);
    keep("stochastic/14/3/3/d", second_out);
    ask(TA_AROON(0, LAST, highs, lows, 14, &begin, &size, first_out, second_out), "aroon");
    keep("aroon/14/down", first_out);
    keep("aroon/14/up", second_out);
    ONE("aroon/25/oscillator", TA_AROONOSC(0, LAST, highs, lows, 25, &begin, &size, first_out));
}

static void volatilities(void) {
    ONE("true_range/value", TA_TRANGE(0, LAST, highs, lows, closes, &begin, &size, first_out));
    ONE("atr/14/value", TA_ATR(0, LAST, highs, lows, closes, 14, &begin, &size, first_out));
    ask(TA_BBANDS(0, LAST, closes, 20, 2.0, 2.0, TA_MAType_SMA, &begin, &size, first_out,
                  second_out, third_out),
        "bbands");
    keep("bbands/20/2/upper", first_out);
    keep("bbands/20/2/middle", second_out);
    keep("bbands/20/2/lower", third_out);
    ONE("psar/0.02/0.2/value", TA_SAR(0, LAST, highs, lows, 0.02, 0.2, &begin, &size, first_out));
    ONE("psar/0.05/0.1/value", TA_SAR(0, LAST, highs, lows, 0.05, 0.1, &begin, &size, first_out));
}

static void directions(int n, const char* adx, const char* plus, const char* minus) {
    ONE(adx, TA_ADX(0, LAST, highs, lows, closes, n, &begin, &size, first_out));
    // The registry gives all three from the first ADX on; TA-Lib seeds at the bar asked for, so the
    // whole series is asked for and its beginning dropped.
    const int from = begin;
    ask(TA_PLUS_DI(0, LAST, highs, lows, closes, n, &begin, &size, first_out), plus);
    keep(plus, first_out);
    firsts[column_count - 1] = from;
    ask(TA_MINUS_DI(0, LAST, highs, lows, closes, n, &begin, &size, first_out), minus);
    keep(minus, first_out);
    firsts[column_count - 1] = from;
}

static void statistics(void) {
    ONE("variance/20/value", TA_VAR(0, LAST, closes, 20, 1.0, &begin, &size, first_out));
    ONE("stddev/20/value", TA_STDDEV(0, LAST, closes, 20, 1.0, &begin, &size, first_out));
    ONE("linreg/14/value", TA_LINEARREG(0, LAST, closes, 14, &begin, &size, first_out));
    ONE("linreg/14/slope", TA_LINEARREG_SLOPE(0, LAST, closes, 14, &begin, &size, first_out));
    ONE("linreg/14/intercept",
        TA_LINEARREG_INTERCEPT(0, LAST, closes, 14, &begin, &size, first_out));
    ONE("correlation/20/value", TA_CORREL(0, LAST, closes, others, 20, &begin, &size, first_out));
    ONE("obv/value", TA_OBV(0, LAST, closes, volumes, &begin, &size, first_out));
    ONE("mfi/14/value",
        TA_MFI(0, LAST, highs, lows, closes, volumes, 14, &begin, &size, first_out));
}

int main(void) {
    char header[128];
    if (scanf("%127s", header) != 1) return 1;
    for (int i = 0; i < COUNT; ++i) {
        if (scanf("%lf,%lf,%lf,%lf,%lf,%lf", &opens[i], &highs[i], &lows[i], &closes[i],
                  &volumes[i], &others[i]) != 6) {
            return 1;
        }
    }
    TA_Initialize();
    averages();
    momenta();
    ranges();
    volatilities();
    directions(14, "adx/14/adx", "adx/14/plus_di", "adx/14/minus_di");
    directions(5, "adx/5/adx", "adx/5/plus_di", "adx/5/minus_di");
    statistics();
    for (int c = 0; c < column_count; ++c) {
        printf("%s%s", c == 0 ? "" : ",", names[c]);
    }
    for (int i = 0; i < COUNT; ++i) {
        for (int c = 0; c < column_count; ++c) {
            printf("%s", c == 0 ? "\n" : ",");
            if (i >= firsts[c]) printf("%.13g", columns[c][i]);
        }
    }
    printf("\n");
    return 0;
}
