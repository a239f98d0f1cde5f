package dev.carillon.server.settings;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A time zone that follows the clocks of a place; an offset, UTC but for itself, does not. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = NamedZone.Check.class)
@interface NamedZone {
  String message() default "must be a time zone with a name, such as Asia/Kolkata";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Decides it; null passes. */
  final class Check implements ConstraintValidator<NamedZone, ZoneId> {
    @Override
    public boolean isValid(@Nullable ZoneId zone, ConstraintValidatorContext context) {
      return zone == null
          || zone.equals(ZoneOffset.UTC)
          || ZoneId.getAvailableZoneIds().contains(zone.getId());
    }
  }
}
