#include "app/version.hpp"

namespace grekko::app {

std::string_view version() {
    return GREKKO_VERSION;
}
std::string_view build() {
    return GREKKO_BUILD;
}

} // namespace grekko::app
