# The two functions every folder uses. Folder = CMake target = namespace = test folder.

find_program(MOLD mold)
add_library(grekko_flags INTERFACE)
# -ffp-contract=off: a fused a*b+c rounds once instead of twice, so results would depend on the CPU.
target_compile_options(grekko_flags INTERFACE -ffp-contract=off
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fno-omit-frame-pointer
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-missing-field-initializers>
    # clang counts sign conversions among -Wconversion, g++ does not: one bar for both
    $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-missing-field-initializers>
    $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-sign-conversion>
    # libstdc++ 12's own stable_sort calls what C++20 deprecates; only clang looks into it
    $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-deprecated-declarations>)
if(GREKKO_SANITIZE)
    target_compile_options(grekko_flags INTERFACE
        -fsanitize=${GREKKO_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(grekko_flags INTERFACE -fsanitize=${GREKKO_SANITIZE})
endif()
if(GREKKO_FUZZ) # libFuzzer must see the branches of what it feeds, not of its own file alone
    target_compile_options(grekko_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_link_options(grekko_flags INTERFACE -fuse-ld=mold)
endif()
if(GREKKO_PLANTED_BUGS)
    target_compile_definitions(grekko_flags INTERFACE GREKKO_PLANTED_BUGS)
endif()

# The standard headers that nearly every file reads, parsed once: a third of a cold build. For g++
# alone: clang's precompiled headers would tie the sanitizer builds to one set of definitions.
# grekko_precompiled(TARGET HEADERS ...): an object library whose header others reuse.
function(grekko_precompiled target)
    file(WRITE ${CMAKE_BINARY_DIR}/precompiled/${target}.cpp "")
    add_library(${target} OBJECT ${CMAKE_BINARY_DIR}/precompiled/${target}.cpp)
    target_link_libraries(${target} PRIVATE grekko_flags)
    target_precompile_headers(${target} PRIVATE ${ARGN})
    # ccache reads this name instead of hashing a hundred megabytes for every file that it serves.
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir/cmake_pch.hxx.gch.sum
        "${CMAKE_CXX_COMPILER_VERSION} boost ${Boost_VERSION} gtest ${GTest_VERSION} ${ARGN}")
endfunction()
set(GREKKO_STANDARD_HEADERS <algorithm> <array> <cstdint> <cstring> <deque> <filesystem>
    <functional> <map> <memory> <optional> <ranges> <set> <span> <string> <string_view> <variant>
    <vector> <boost/system/result.hpp>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    set(GREKKO_PRECOMPILE ON)
    target_compile_options(grekko_flags INTERFACE -fpch-preprocess) # what ccache asks for
    grekko_precompiled(grekko_standard_headers ${GREKKO_STANDARD_HEADERS})
endif()

# grekko_library([DEPENDS ...] [PRIVATE ...] [FOLDERS ...]): this folder's *.cpp and *.hpp, and
# those of the subfolders named, as one target named after its path below host/: core_risk.
# Without *.cpp it is header only.
function(grekko_library)
    cmake_parse_arguments(ARG "" "NAME;BASE" "DEPENDS;PRIVATE;FOLDERS" ${ARGN})
    if(NOT ARG_BASE)
        set(ARG_BASE ${PROJECT_SOURCE_DIR}/host)
    endif()
    file(RELATIVE_PATH folder ${ARG_BASE} ${CMAKE_CURRENT_SOURCE_DIR})
    string(REPLACE "/" "_" target ${folder})
    if(ARG_NAME)
        set(target ${ARG_NAME})
    endif()
    file(GLOB sources CONFIGURE_DEPENDS *.cpp)
    foreach(part ${ARG_FOLDERS})
        file(GLOB more CONFIGURE_DEPENDS ${part}/*.cpp)
        list(APPEND sources ${more})
    endforeach()
    if(sources)
        add_library(${target} STATIC ${sources})
        target_link_libraries(${target} PUBLIC ${ARG_DEPENDS} PRIVATE grekko_flags ${ARG_PRIVATE})
        target_include_directories(${target} PUBLIC ${ARG_BASE})
        if(GREKKO_PRECOMPILE)
            target_precompile_headers(${target} REUSE_FROM grekko_standard_headers)
        endif()
    else()
        add_library(${target} INTERFACE)
        target_link_libraries(${target} INTERFACE ${ARG_DEPENDS})
        target_include_directories(${target} INTERFACE ${ARG_BASE})
    endif()
endfunction()

# One target a label builds all its tests: tests_unit, tests_contract, tests_sim, tests_e2e.
# tests_threads are those with more than one thread, which ThreadSanitizer runs.
foreach(label unit contract sim e2e threads)
    add_custom_target(tests_${label})
endforeach()

# grekko_test(LABEL DEPENDS ... [TIMEOUT s] [THREADS]): this folder's *_test.cpp as one GoogleTest
# binary named after its path below tests/ (unit/core/risk is unit_core_risk), registered with CTest
# under LABEL; tests of io/ and runtime/, and those that say THREADS, under the label threads too.
function(grekko_test label)
    cmake_parse_arguments(ARG "THREADS" "TIMEOUT" "DEPENDS" ${ARGN})
    file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR}/tests ${CMAKE_CURRENT_SOURCE_DIR})
    string(REPLACE "/" "_" target ${folder})
    file(GLOB sources CONFIGURE_DEPENDS *.cpp)
    add_executable(${target} ${sources})
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(${target} PRIVATE
        grekko_flags ${ARG_DEPENDS} GTest::gmock GTest::gtest_main)
    target_compile_definitions(${target} PRIVATE
        GREKKO_SOURCE_DIR="${PROJECT_SOURCE_DIR}" GREKKO_BINARY_DIR="${PROJECT_BINARY_DIR}")
    if(GREKKO_PRECOMPILE)
        target_precompile_headers(${target} REUSE_FROM grekko_test_headers)
    endif()
    add_test(NAME ${target} COMMAND ${target})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    set(labels ${label})
    if(ARG_THREADS OR target MATCHES "^(unit|contract)_(io|runtime)")
        list(APPEND labels threads)
    endif()
    # One seed, so that property tests draw the same cases in every run.
    set_tests_properties(${target} PROPERTIES LABELS "${labels}" TIMEOUT ${ARG_TIMEOUT}
        ENVIRONMENT "RC_PARAMS=seed=1")
    foreach(name ${labels})
        if(TARGET tests_${name})
            add_dependencies(tests_${name} ${target})
        endif()
    endforeach()
endfunction()

# grekko_subdirectories(): every direct subfolder that has a CMakeLists.txt.
function(grekko_subdirectories)
    file(GLOB lists CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*/CMakeLists.txt)
    foreach(list ${lists})
        get_filename_component(folder ${list} DIRECTORY)
        add_subdirectory(${folder})
    endforeach()
endfunction()
