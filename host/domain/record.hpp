// The head of everything in the journal: inputs other than market data, and events. A record is
// this head and one flat struct, copied as bytes; the tag names the struct. Bytes of a released
// tag never change: a new layout gets a new version and an upcast. Market data is on the tape.
// core/engine writes them, io/sqlite stores batches of them, replay reads them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "base/instant.hpp"
#include "domain/ids.hpp"

namespace grekko {

// 40 bytes. `correlation` is the intent (or command) that began it, `causation` the record that
// caused this one. The source service follows from the tag's category.
struct RecordHead {
    Sequence sequence;
    Instant at;
    Sequence correlation;
    Sequence causation;
    std::uint16_t tag{0};
    std::uint16_t version{1};
    std::uint32_t size{0};  // bytes of head and body, a multiple of 8
};
static_assert(sizeof(RecordHead) == 40);

enum class Category : std::uint8_t {
    input = 0, system = 1, coordination = 2, risk = 3, trading = 4
};

// A body of a record: flat, no hidden padding (equal values have equal bytes), multiple of 8.
template <class T>
concept RecordBody = std::is_trivially_copyable_v<T> && std::is_standard_layout_v<T> &&
                     sizeof(T) % 8 == 0 && requires { T::tag; };

}  // namespace grekko
