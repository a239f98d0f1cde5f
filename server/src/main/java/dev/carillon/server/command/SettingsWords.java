package dev.carillon.server.command;

import java.util.List;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.validation.FieldError;

/** Says in one line which settings cannot be used, without their values: some are secret. */
final class SettingsWords {
  private SettingsWords() {}

  static String of(BindValidationException refused) {
    ValidationErrors errors = refused.getValidationErrors();
    List<String> wrong =
        errors.getAllErrors().stream()
            .map(
                error ->
                    (error instanceof FieldError field
                            ? errors.getName()
                                + "."
                                + DataObjectPropertyName.toDashedForm(field.getField())
                            : errors.getName().toString())
                        + " "
                        + error.getDefaultMessage())
            .sorted()
            .toList();
    return "The settings cannot be used: " + String.join("; ", wrong) + ".";
  }

  static String of(BindException refused) {
    Throwable reason = refused;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    return "The setting " + refused.getName() + " cannot be used: " + reason.getMessage();
  }
}
