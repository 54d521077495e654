#include "domain/event.hpp"

namespace grekko {

#define GREKKO_FLAT(type, name)                 \
    static_assert(RecordBody<events::type>);    \
    static_assert(std::has_unique_object_representations_v<events::type>, #type);
GREKKO_EVENTS(GREKKO_FLAT)
#undef GREKKO_FLAT
#define GREKKO_FLAT(type, name)                 \
    static_assert(RecordBody<type>);            \
    static_assert(std::has_unique_object_representations_v<type>, #type);
GREKKO_INPUTS(GREKKO_FLAT)
#undef GREKKO_FLAT

std::string_view record_name(std::uint16_t tag) {
    switch (tag) {
#define GREKKO_CASE(type, name) \
    case events::type::tag: return name;
        GREKKO_EVENTS(GREKKO_CASE)
#undef GREKKO_CASE
#define GREKKO_CASE(type, name) \
    case type::tag: return name;
        GREKKO_INPUTS(GREKKO_CASE)
#undef GREKKO_CASE
        default: return {};
    }
}

std::size_t record_body_size(std::uint16_t tag) {
    switch (tag) {
#define GREKKO_CASE(type, name) \
    case events::type::tag: return sizeof(events::type);
        GREKKO_EVENTS(GREKKO_CASE)
#undef GREKKO_CASE
#define GREKKO_CASE(type, name) \
    case type::tag: return sizeof(type);
        GREKKO_INPUTS(GREKKO_CASE)
#undef GREKKO_CASE
        default: return 0;
    }
}

}  // namespace grekko
