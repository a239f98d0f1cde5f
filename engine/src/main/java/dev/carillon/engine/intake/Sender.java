package dev.carillon.engine.intake;

import dev.carillon.core.user.Identity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a body in, and how far they are trusted.
 *
 * @param trusted whether their key is secret; keys in apps and pages are not, as everybody can copy
 *     them
 * @param tokens what judges the identity tokens that this sender must show to speak for a person;
 *     null when none is needed
 */
public record Sender(boolean trusted, @Nullable IdentityTokens tokens) {
  /** A server of the business: may say all there is to say. */
  public static final Sender TRUSTED = new Sender(true, null);

  /** An app or a page that needs no identity tokens. */
  public static final Sender PUBLIC = new Sender(false, null);

  /** An app or a page that speaks for a person only with an identity token. */
  public static Sender withTokens(IdentityTokens tokens) {
    return new Sender(false, tokens);
  }

  /**
   * Whether this sender may speak for somebody.
   *
   * @param token the identity token that came with it; null when none did
   */
  public boolean maySpeakFor(Identity identity, @Nullable String token, Instant now) {
    IdentityTokens judge = tokens;
    return switch (identity.kind()) {
      case ANONYMOUS, OBJECT -> true;
      case USER -> judge == null || (token != null && judge.prove(token, identity.value(), now));
      // A token names the business's own id.
      case FACEBOOK, GOOGLE -> judge == null;
    };
  }
}
