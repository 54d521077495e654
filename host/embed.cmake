# cmake -DOUTPUT=x.cpp -DNAMESPACE=a::b -DFILES=name=path;… -P embed.cmake: files as constants of a
# C++ source, `extern const std::string_view name;`. It runs when one of the files changes.
set(source "#include <string_view>\n\nnamespace ${NAMESPACE} {\n\n")
foreach(entry ${FILES})
    string(REGEX MATCH "^([a-z_]+)=(.*)$" found "${entry}")
    set(name ${CMAKE_MATCH_1})
    file(READ "${CMAKE_MATCH_2}" bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
    # a line break now and then: compilers dislike lines of a megabyte
    string(REPEAT "'[^']*'," 16 sixteen)
    string(REGEX REPLACE "(${sixteen})" "\\1\n" bytes "${bytes}")
    string(APPEND source "static constexpr char bytes_of_${name}[] = {\n${bytes}0};\n"
        "extern const std::string_view ${name};\n"
        "const std::string_view ${name}{bytes_of_${name}, sizeof bytes_of_${name} - 1};\n\n")
endforeach()
string(APPEND source "}  // namespace ${NAMESPACE}\n")
file(WRITE "${OUTPUT}" "${source}")
