// Packs bytes as gzip, zstd and zip in memory, for tests of what unpacks them, and drains
// a byte source through reads of a small odd size. Not for anything but tests of
// io/import.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <zlib.h>
#include <zstd.h>

#include "io/import/byte_source.hpp"

namespace grekko::importing::tests {

inline std::string deflated(std::string_view bytes, int window_bits) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

inline std::string gzip(std::string_view bytes) {
    return deflated(bytes, 16 + MAX_WBITS);
}

inline std::string zstd(std::string_view bytes) {
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
    return out;
}

enum class ZipMethod : std::uint16_t { stored = 0, deflated = 8 };

class ZipWriter {
public:
    void add(std::string_view name, std::string_view bytes, ZipMethod method) {
        const std::string packed =
            method == ZipMethod::deflated ? tests::deflated(bytes, -MAX_WBITS) : std::string{bytes};
        const auto crc =
            crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
        const auto offset = file_.size();
        std::string common;
        put(common, 20, 2);
        put(common, 0, 2);
        put(common, static_cast<std::uint16_t>(method), 2);
        put(common, 0, 4);
        put(common, crc, 4);
        put(common, packed.size(), 4);
        put(common, bytes.size(), 4);
        put(common, name.size(), 2);
        put(common, 0, 2);
        file_ += std::string{"PK\x03\x04"} + common + std::string{name} + packed;
        directory_ += std::string{"PK\x01\x02"} + std::string(2, '\0') + common;
        put(directory_, 0, 2 + 2 + 2 + 4);
        put(directory_, offset, 4);
        directory_ += name;
        ++entries_;
    }
    std::string finish() const {
        std::string end = "PK\x05\x06";
        put(end, 0, 4);
        put(end, entries_, 2);
        put(end, entries_, 2);
        put(end, directory_.size(), 4);
        put(end, file_.size(), 4);
        put(end, 0, 2);
        return file_ + directory_ + end;
    }

private:
    static void put(std::string& out, std::uint64_t value, int bytes) {
        for (int i = 0; i < bytes; ++i)
            out.push_back(i < 8 ? static_cast<char>(value >> (8 * i)) : '\0');
    }
    std::string file_, directory_;
    std::uint64_t entries_{0};
};

inline Result<std::string> drain(ByteSource& source) {
    std::string all;
    char piece[777];
    while (true) {
        TRY(count, source.read(piece));
        if (count == 0) return all;
        all.append(piece, count);
    }
}

inline Result<std::string> unpack(const std::filesystem::path& path) {
    TRY(inputs, list_inputs(path));
    TRY(source, open_bytes(inputs.at(0)));
    return drain(*source);
}

} // namespace grekko::importing::tests
