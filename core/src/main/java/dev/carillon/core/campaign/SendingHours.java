package dev.carillon.core.campaign;

import dev.carillon.core.account.QuietHours;
import dev.carillon.core.message.SuppressionReason;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Says of a message whether it may be sent at a moment: its user's time, the cut-off and the quiet
 * hours. It looks at nothing else, so that target and control are treated alike.
 *
 * @param delivery what the marketer decided
 * @param quiet the quiet hours that apply; null without
 * @param account the account's zone
 */
public record SendingHours(Delivery delivery, @Nullable QuietHours quiet, ZoneId account) {

  /** Those of a campaign in an account with these quiet hours. */
  public static SendingHours of(Delivery delivery, @Nullable QuietHours ofAccount, ZoneId account) {
    @Nullable QuietHours quiet =
        switch (delivery.quiet()) {
          case Delivery.Quiet.OfAccount() -> ofAccount;
          case Delivery.Quiet.None() -> null;
          case Delivery.Quiet.Own(QuietHours own) -> own;
        };
    return new SendingHours(delivery, quiet, account);
  }

  /** What is to become of a message now. */
  public sealed interface Verdict {
    /** It may be sent. */
    record Go() implements Verdict {}

    /** It is to be looked at again. */
    record Wait(Instant until) implements Verdict {}

    /** It is never sent. */
    record Suppress(SuppressionReason reason) implements Verdict {}
  }

  /**
   * Judges a message.
   *
   * @param user its user's zone; null when it is not known
   * @param start when it was to be sent: the user's own time, else the run's
   */
  public Verdict at(Instant now, @Nullable ZoneId user, Instant start) {
    ZoneId zone = user == null || delivery.clock() == Delivery.Clock.ACCOUNT ? account : user;
    if (start.isAfter(now)) {
      return new Verdict.Wait(start);
    }
    @Nullable Instant end =
        delivery.cutOff() == null ? null : LocalClock.next(delivery.cutOff(), zone, start);
    if (end != null && !now.isBefore(end)) {
      return new Verdict.Suppress(SuppressionReason.CUT_OFF);
    }
    if (quiet == null || !quiet.holds(LocalTime.ofInstant(now, zone))) {
      return new Verdict.Go();
    }
    if (quiet.then() == QuietHours.Then.DISCARD) {
      return new Verdict.Suppress(SuppressionReason.DO_NOT_DISTURB);
    }
    Instant over = LocalClock.next(quiet.to(), zone, now);
    return new Verdict.Wait(end != null && end.isBefore(over) ? end : over);
  }
}
