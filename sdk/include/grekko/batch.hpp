// Reading and writing batches: events one behind another in, actions one behind another out. A
// reader takes what fits of a record and zeroes the rest, so that older and newer sides understand
// each other; it checks sizes, not meanings. The C++ layer and the fake host use it.
#pragma once

#include <grekko/strategy.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace grekko::sdk {

// A copy of a record whose first size bytes are there.
template <class Record>
Record read(const void* record, std::size_t size) {
    Record out{};
    std::memcpy(&out, record, std::min(sizeof out, size));
    return out;
}

// Calls take(head, bytes of the record) for each of count records in bytes bytes at data; false
// where sizes do not add up, after the records before that place.
template <class Head, class Take>
bool each_record(const void* data, std::uint64_t bytes, std::uint32_t count, Take&& take) {
    const auto* at = static_cast<const unsigned char*>(data);
    for (; count > 0; --count) {
        if (bytes < sizeof(Head)) return false;
        const Head head = read<Head>(at, sizeof(Head));
        if (head.size < sizeof(Head) || head.size > bytes || head.size % 8 != 0) return false;
        take(head, static_cast<const void*>(at));
        at += head.size;
        bytes -= head.size;
    }
    return bytes == 0;
}

// Appends a record to an output; false where it has no room.
inline bool append(grekko_output& output, const void* record, std::uint32_t size) {
    if (output.capacity - output.bytes < size) return false;
    std::memcpy(static_cast<unsigned char*>(output.data) + output.bytes, record, size);
    output.bytes += size;
    ++output.count;
    return true;
}

} // namespace grekko::sdk
