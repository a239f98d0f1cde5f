package dev.carillon.server.settings;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** An address with http or https and a host, to which paths can be added. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = WebAddress.Check.class)
@interface WebAddress {
  String message() default "must be an address, such as https://carillon.example.com";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Decides it; null passes. */
  final class Check implements ConstraintValidator<WebAddress, URI> {
    @Override
    public boolean isValid(@Nullable URI address, ConstraintValidatorContext context) {
      return address == null
          || (("http".equalsIgnoreCase(address.getScheme())
                  || "https".equalsIgnoreCase(address.getScheme()))
              && address.getHost() != null
              && address.getQuery() == null
              && address.getFragment() == null);
    }
  }
}
