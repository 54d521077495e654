// Stories: the records of a journal, sorted by what began them: an intent, a refused intent, a
// command. A stop's exit belongs to the intent that opened the position, a shared parent to every
// intent in it. One pass over the journal; every record that belongs to a story stays in memory.
// It judges nothing: chains.hpp does. explain is made of it.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "io/sqlite/explain.hpp"

namespace grekko::sqlite {

class Stories {
public:
    // Errors of a journal that cannot be read.
    static Result<Stories> read(const std::filesystem::path& journal);

    // What began each story, by sequence.
    std::vector<Sequence> roots() const;
    // The first story that the record belongs to; none: it belongs to none.
    Sequence root_of(Sequence id) const;
    // By sequence: what caused the beginning, it, all that followed.
    Explanation story(Sequence root) const;

private:
    friend class StorySorter;
    struct Story {
        std::optional<KeptRecord> cause;  // the input of the step in which it began
        std::vector<std::size_t> records; // indices into records_
    };
    std::vector<KeptRecord> records_; // by sequence
    std::vector<Sequence> roots_;     // the first story of each
    std::map<Sequence, Story> stories_;
};

} // namespace grekko::sqlite
