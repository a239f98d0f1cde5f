package dev.carillon.engine.profile;

import dev.carillon.core.user.EndpointKind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** E-mail addresses, which are one whatever the case of their letters. Thread-safe. */
final class EmailAddresses implements AddressKind {
  private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");

  /** As a form's body writes the sign. */
  private static final String ESCAPED_AT = "%40";

  /** No link. */
  private static final Pattern LIKE_ONE = Pattern.compile("[^@\\s/:]+(?:@|%40)[^@\\s/:]+");

  private static final Pattern IN_TEXT =
      Pattern.compile("[A-Za-z0-9._+'/=~-]{1,64}(?:@|%40)[A-Za-z0-9.-]{1,255}");

  @Override
  public EndpointKind kind() {
    return EndpointKind.EMAIL;
  }

  @Override
  public Optional<String> property() {
    return Optional.of("Email");
  }

  @Override
  public Optional<String> read(String given) {
    String address = canonical(given.strip());
    return ADDRESS.matcher(address).matches() ? Optional.of(address) : Optional.empty();
  }

  @Override
  public String written(String address) {
    return address;
  }

  @Override
  public String canonical(String text) {
    return LIKE_ONE.matcher(text).matches()
        ? text.replace(ESCAPED_AT, "@").toLowerCase(Locale.ROOT)
        : text;
  }

  @Override
  public Set<String> spellings(String canonical) {
    return canonical.indexOf('@') < 0
        ? Set.of(canonical)
        : Set.of(canonical, canonical.replace("@", ESCAPED_AT));
  }

  @Override
  public Set<Pattern> inText() {
    return Set.of(IN_TEXT);
  }
}
