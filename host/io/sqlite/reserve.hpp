// Reserve: disk space set aside while there is plenty, in `<journal>.reserve`, so that fills and
// cancels can still be recorded when the disk is full. Rows in it continue the journal's chain and
// move into the database when space returns. It is not used while the database takes rows.
// The journal writes it, every reader of a journal reads it after the database.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "io/sqlite/lock.hpp"
#include "io/sqlite/row.hpp"

namespace grekko::sqlite {

class Reserve {
public:
    // Makes the file with `bytes` of zeros (0: no reserve, add refuses) or opens the one there is.
    static Result<Reserve> open(const std::filesystem::path& journal, std::uint64_t bytes);
    // The rows that a journal's reserve holds, in order; empty without one.
    static Result<std::vector<Row>> read(const std::filesystem::path& journal);

    // Durable when it returns. out_of_space: the reserve is used up.
    Result<void> add(std::span<const Row> rows);
    // All rows of it are in the database: forgets them.
    Result<void> clear();
    bool empty() const { return used_ == 0; }

private:
    Result<void> write_header();

    FileHandle file_;
    std::filesystem::path path_;
    std::uint64_t size_{0};
    std::uint64_t used_{0};       // bytes of entries
    std::uint64_t generation_{1}; // entries of another one are old
};

// Goes on after the database ended at `check`: visits, checked, the rows that are not in it yet.
Result<void> read_reserve(ChainCheck& check, std::span<const Row> rows, Sequence from,
                          const std::function<Result<void>(const ports::Batch&)>& visit);

} // namespace grekko::sqlite
