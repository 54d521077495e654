// Where the recorded market data lies, and how a test that needs it skips where it is absent.
// The data is no part of the project: it is a folder `shared/data` beside the source folder, or the
// one that the environment variable GREKKO_DATA names.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include <gtest/gtest.h>

namespace grekko::tests {

// The folder of all recordings; it may not exist.
inline std::filesystem::path data_folder() {
    if (const char* folder = std::getenv("GREKKO_DATA"); folder != nullptr && *folder != '\0') {
        return folder;
    }
    return (std::filesystem::path{GREKKO_SOURCE_DIR} / "../shared/data").lexically_normal();
}

// The path of one recording, such as "ohlcv/coinbase_btcusd_1h.csv"; it may not exist.
inline std::filesystem::path data_path(std::string_view recording) {
    return data_folder() / recording;
}

inline bool data_exists(std::string_view recording) {
    std::error_code unreadable;
    return std::filesystem::exists(data_path(recording), unreadable);
}

} // namespace grekko::tests

// First line of a test body: skips the test, saying why, where the recording is absent.
#define SKIP_WITHOUT_DATA(recording)                                                               \
    do {                                                                                           \
        if (!::grekko::tests::data_exists(recording)) {                                            \
            GTEST_SKIP() << "no recorded data at " << ::grekko::tests::data_path(recording)        \
                         << "; set GREKKO_DATA to the folder that holds " << (recording);          \
        }                                                                                          \
    } while (false)
