// Inspects the machine code behind host/io/script/math: the same instructions, none of them fused
// or wider than SSE2, run on every x86-64 CPU, so the bits cannot depend on the CPU.
#include <cstdint>
#include <cstdio>
#include <dlfcn.h>
#include <link.h>
#include <regex>
#include <string>

#include <gtest/gtest.h>
#include <sleef.h>

namespace grekko::tests {
namespace {

struct Routine {
    const char* name;
    const void* address;
};

template <class Function>
Routine routine(const char* name, Function* function) {
    return {name, reinterpret_cast<const void*>(function)};
}

std::string disassembly(const void* address) {
    Dl_info info{};
    void* extra = nullptr;
    if (dladdr1(address, &info, &extra, RTLD_DL_SYMENT) == 0 || extra == nullptr) return {};
    const auto start = reinterpret_cast<std::uintptr_t>(address) -
                       reinterpret_cast<std::uintptr_t>(info.dli_fbase);
    const auto stop = start + static_cast<const ElfW(Sym)*>(extra)->st_size;
    const std::string command =
        "objdump -d --no-show-raw-insn --start-address=" + std::to_string(start) +
        " --stop-address=" + std::to_string(stop) + " " + info.dli_fname + " 2>/dev/null";
    std::string text;
    char chunk[4096];
    FILE* pipe = popen(command.c_str(), "r");
    while (pipe != nullptr && std::fgets(chunk, sizeof chunk, pipe) != nullptr) {
        text += chunk;
    }
    if (pipe != nullptr) pclose(pipe);
    return text;
}

TEST(MathCode, HasNoFusedOrVectorExtensionInstructionAndCallsNothing) {
    const Routine routines[] = {
        routine("exp", Sleef_cinz_expd1_u10purec),   routine("log", Sleef_cinz_logd1_u10purec),
        routine("log2", Sleef_cinz_log2d1_u10purec), routine("log10", Sleef_cinz_log10d1_u10purec),
        routine("pow", Sleef_cinz_powd1_u10purec),   routine("sin", Sleef_cinz_sind1_u10purec),
        routine("cos", Sleef_cinz_cosd1_u10purec),   routine("tan", Sleef_cinz_tand1_u10purec),
        routine("asin", Sleef_cinz_asind1_u10purec), routine("acos", Sleef_cinz_acosd1_u10purec),
        routine("atan", Sleef_cinz_atand1_u10purec), routine("atan2", Sleef_cinz_atan2d1_u10purec),
        routine("sinh", Sleef_cinz_sinhd1_u10purec), routine("cosh", Sleef_cinz_coshd1_u10purec),
        routine("tanh", Sleef_cinz_tanhd1_u10purec), routine("cbrt", Sleef_cinz_cbrtd1_u10purec)};
    // VEX and EVEX mnemonics begin with v; round*, blend*, dp* came with SSE4.1; cpuid would be a
    // dispatch by CPU.
    const std::regex newer{R"(\t(v\w+|round\w+|blend\w+|dpp[sd]|cpuid|xgetbv)\b)"};
    const std::regex call{R"(\tcall\b)"};
    for (const auto& [name, address] : routines) {
        const auto code = disassembly(address);
        ASSERT_NE(code.find("ret"), code.npos) << name << ": objdump (binutils) gave no code";
        EXPECT_FALSE(std::regex_search(code, newer)) << name << "\n" << code;
        EXPECT_FALSE(std::regex_search(code, call)) << name << "\n" << code;
    }
}

} // namespace
} // namespace grekko::tests
