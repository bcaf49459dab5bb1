# One macro for every library of the house and one for every test program, so that each folder
# only says what it may use.

add_library(kedge_options INTERFACE)
target_compile_options(kedge_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast
  # g++ 12 takes the moved-from alternatives of a std::variant for uninitialized, and "text" + std::string for an overlap
  # (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<BOOL:${KEDGE_WERROR}>:-Werror>)
if(KEDGE_SANITIZE)
  target_compile_options(kedge_options INTERFACE -fsanitize=${KEDGE_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(kedge_options INTERFACE -fsanitize=${KEDGE_SANITIZE})
endif()
if(KEDGE_FUZZ)
  target_compile_options(kedge_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# kedge_library(NAME [COLD] [PUBLIC libs...] [PRIVATE libs...]): every .cpp of this folder is the library.
# Headers are included by their path from the root of the house: "core/decibels.hpp", "osc/codec.hpp".
# COLD: no test waits for its code, so that under sanitizers optimizing it takes longer than it saves.
function(kedge_library name)
  cmake_parse_arguments(ARG "COLD" "" "PUBLIC;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_library(${name} STATIC ${sources})
  if(ARG_COLD AND KEDGE_SANITIZE)
    target_compile_options(${name} PRIVATE -O0)
  endif()
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/protocols)
  target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE kedge_options ${ARG_PRIVATE})
endfunction()

# kedge_test(FOLDER libs...): every .cpp of tests/FOLDER is one Catch2 program, run by ctest. They are compiled sixteen at a
# time: reading Catch2 and the standard library takes longer than the tests themselves. Helpers in the anonymous namespaces
# of one folder therefore need names of their own.
function(kedge_test folder)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${folder}/*.cpp)
  if(NOT sources)
    return()
  endif()
  string(REPLACE "/" "_" name test_${folder})
  add_executable(${name} ${sources})
  set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 16)
  # A test waits for nothing in its own code: optimizing it takes longer than it saves. What it tests keeps its -O1.
  target_compile_options(${name} PRIVATE $<IF:$<CXX_COMPILER_ID:GNU>,-Og,-O0>)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE KEDGE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE kedge_options Catch2::Catch2WithMain ${ARGN})
  add_test(NAME ${folder} COMMAND ${name})
endfunction()
