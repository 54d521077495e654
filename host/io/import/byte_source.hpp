// ByteSource: the plain bytes of a file, whatever it is packed in (gzip, zstd, zip), piece by piece
// in fixed memory. It knows nothing of lines or records: line_reader.hpp is built on it.
// open_bytes tells the packing by the first bytes, never by the name. Every reader of this folder
// takes its input from here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace grekko::importing {

class ByteSource {
public:
    virtual ~ByteSource() = default;
    // Fills `out` from the front; 0: the end. corrupt: the packed stream is damaged or cut short
    // (what came before is good); io_error.
    virtual Result<std::size_t> read(std::span<char> out) = 0;
    // Bytes of the file on disk taken so far, for progress.
    virtual std::uint64_t consumed() const = 0;
};

// One stream of rows: a file, or one member of a zip archive.
struct InputFile {
    std::filesystem::path path;
    std::string member;     // of a zip; empty otherwise
    std::uint64_t bytes{0}; // on disk: what consumed() reaches

    // "trades.zip!BTCUSDT-trades.csv": how messages name it.
    std::string name() const;
};

// The streams in a file: itself, or every member of a zip archive in the order of their names.
// not_found; invalid_input: a folder, an empty archive; corrupt: an archive cut short.
Result<std::vector<InputFile>> list_inputs(const std::filesystem::path& path);

// Errors: not_found, io_error, corrupt, invalid_input (a member that the archive has not).
Result<std::unique_ptr<ByteSource>> open_bytes(const InputFile& input);

} // namespace grekko::importing
