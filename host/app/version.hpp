// What this build is: its version and how it was compiled. It says nothing about files: those
// carry versions of their own.
// The journal records it, `grekko version` shows it.
#pragma once

#include <string_view>

namespace grekko::app {

std::string_view version(); // "0.1.0"
std::string_view build();   // "Release, GNU 12.2.0, x86_64"

} // namespace grekko::app
