// Resolves a reference to a secret (env:NAME, file:PATH) to the secret itself, at the moment it is
// needed. It keeps nothing and prints nothing.
// The transport of adapters and the signer ask it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace grekko::config {

// not_found: no such variable or file, named in the message; limit_exceeded: more than 64 KiB;
// invalid_config: neither form. One line feed at the end of a file is not part of the secret.
Result<Secret<std::string>> resolve_secret(std::string_view reference);

} // namespace grekko::config
