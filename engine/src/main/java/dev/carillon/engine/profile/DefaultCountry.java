package dev.carillon.engine.profile;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The country of phone numbers that are written without one; it may change. Thread-safe. */
public final class DefaultCountry implements Supplier<@Nullable String> {
  private volatile @Nullable String code;

  /** Two letters of ISO 3166; null when such numbers are not valid. */
  @Override
  public @Nullable String get() {
    return code;
  }

  public void set(@Nullable String country) {
    code = country;
  }
}
