package dev.carillon.engine.profile;

import dev.carillon.core.user.EndpointKind;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tokens and addresses that push services give to devices: any text without white space, which
 * has one spelling. Thread-safe.
 */
final class DeviceAddresses implements AddressKind {
  private static final Pattern ADDRESS = Pattern.compile("\\S{1,4096}");

  /** Tokens are long; shorter runs of such characters are words and numbers. */
  private static final Pattern IN_TEXT = Pattern.compile("[A-Za-z0-9_:.%/+-]{32,4096}");

  @Override
  public EndpointKind kind() {
    return EndpointKind.DEVICE;
  }

  @Override
  public Optional<String> property() {
    return Optional.empty();
  }

  @Override
  public Optional<String> read(String given) {
    return ADDRESS.matcher(given).matches() ? Optional.of(given) : Optional.empty();
  }

  @Override
  public String written(String address) {
    return address;
  }

  @Override
  public String canonical(String text) {
    return text;
  }

  @Override
  public Set<String> spellings(String canonical) {
    return Set.of(canonical);
  }

  @Override
  public Set<Pattern> inText() {
    return Set.of(IN_TEXT);
  }
}
