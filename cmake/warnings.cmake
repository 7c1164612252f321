# chainqual_warnings(target): the warnings our own code is built with, as errors. Users of the headers are not bound by them.
function(chainqual_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
                                           -Wcast-qual -Woverloaded-virtual)
  if(NOT SKBUILD)
    target_compile_options(${target} PRIVATE -Werror)  # but not for pip's users, whose compiler we may never have seen
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # rapidcheck and Boost 1.74 predate some of Clang's checks; their headers come in as system headers.
    target_compile_options(${target} PRIVATE -Wno-c99-designator)
  elseif(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC 12 sees an overlap in "literal" + std::string that is not there (GCC bug 105651).
    target_compile_options(${target} PRIVATE -Wno-restrict)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CHAINQUAL_SANITIZE)
    # With sanitizers GCC no longer sees that boost::optional is set before it is read (in Boost's add_edge).
    target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
  endif()
endfunction()
