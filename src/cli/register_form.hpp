#pragma once

#include <functional>
#include <string>
#include <vector>

#include "chainqual/register/dossier.hpp"
#include "session.hpp"

namespace chainqual::cli {

/// What `register form` is asked for, as typed; empty where nothing was.
struct FormWords {
  std::string which;
  std::string out;
  std::string number;
  std::string day;
  std::string from;
  std::string until;
  std::vector<std::string> figures;
};

/// Fills one of the standard's forms and writes it as the file's ending says, and tells so.
///
/// @param content  what it is filled from; read after the words were checked.
/// @returns the exit code.
/// @throws UsageError  a form, ending or figure that there is not, or that cannot be printed here.
/// @throws Error       as standard_forms, and as the writers.
int fill_form(Session& session, const FormWords& typed, const std::function<Dossier()>& content);

}  // namespace chainqual::cli
