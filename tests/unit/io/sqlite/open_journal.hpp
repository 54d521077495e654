// Small journals for the tests of this folder: opened with little reserve, filled with records that
// follow from their sequence, counted by reading them back checked.
// It is not a way to make a journal for replay: the records mean nothing.
#pragma once

#include <memory>

#include <gtest/gtest.h>

#include "io/sqlite/journal.hpp"
#include "io/sqlite/verify.hpp"
#include "support/records.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::tests {

inline sqlite::JournalOptions small_options() {
    sqlite::JournalOptions options;
    options.identity = {"book", "2026-01-01T00:00:00Z", "test"};
    options.reserve_bytes = 64U << 10U;
    return options;
}

inline std::unique_ptr<sqlite::SqliteJournal> open_journal(const TemporaryFolder& folder) {
    auto journal = sqlite::SqliteJournal::open(folder / "journal.db", small_options());
    EXPECT_TRUE(journal.has_value()) << journal.error().message;
    return journal ? std::move(*journal) : nullptr;
}

// Records first … last, ten a batch.
inline void append(ports::Journal& journal, std::uint64_t first, std::uint64_t last) {
    for (; first <= last; first += 10) {
        const auto batch = make_batch(first, std::min<std::uint64_t>(10, last - first + 1));
        const auto appended = journal.append(batch.view(), false);
        ASSERT_TRUE(appended.has_value()) << appended.error().message;
    }
}

// How many records a journal holds, all as make_batch made them.
inline std::uint64_t sequences_in(const TemporaryFolder& folder) {
    std::uint64_t count = 0;
    const auto read = sqlite::read_journal(
        folder / "journal.db", Sequence{}, [&](const ports::Batch& batch) -> Result<void> {
            const auto size = batch.last.value() - batch.first.value() + 1;
            const auto expected = make_batch(batch.first.value(), size);
            EXPECT_TRUE(std::ranges::equal(expected.payload, batch.payload));
            count += size;
            return {};
        });
    EXPECT_TRUE(read.has_value()) << read.error().message;
    return count;
}

} // namespace grekko::tests
