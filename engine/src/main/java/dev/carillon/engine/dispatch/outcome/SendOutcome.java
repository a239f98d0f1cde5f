package dev.carillon.engine.dispatch.outcome;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.provider.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one call's result: what is kept, whether the message is tried again, and
 * whether the campaign pauses.
 *
 * @param entries what is kept; nothing of a call whose outcome is unknown
 * @param retryAt when the message may be tried again; null when its fate is settled or uncertain
 * @param returned whether it stays pending
 * @param pauseReason why the campaign pauses, for the one who must act; null when it goes on
 */
public record SendOutcome(
    List<Entry> entries,
    @Nullable Instant retryAt,
    boolean returned,
    @Nullable String pauseReason) {

  /** Of a call whose outcome is not known and which is not repeated: nothing is kept. */
  public static final SendOutcome UNKNOWN = new SendOutcome(List.of(), null, false, null);

  /**
   * What follows from a try's result.
   *
   * @param repeatable whether the provider may get the same message twice
   */
  public static SendOutcome of(
      Try attempt, SendResult result, Instant now, RetrySchedule schedule, boolean repeatable) {
    return switch (result) {
      case SendResult.Accepted accepted -> accepted(attempt, accepted, now);
      case SendResult.Unknown _ -> repeatable ? repeated(attempt, now, schedule) : UNKNOWN;
      case SendResult.Failed failed -> failed(attempt, failed, now, schedule);
    };
  }

  /** Nothing is kept, so that the try stays open in the store until a later one ends well. */
  private static SendOutcome repeated(Try attempt, Instant now, RetrySchedule schedule) {
    return schedule
        .pauseBeforeRepeat(attempt.number)
        .map(pause -> new SendOutcome(List.of(), now.plus(pause), true, null))
        .orElse(UNKNOWN);
  }

  /** The try was noted and no call was made: the message stays pending. */
  public static SendOutcome notCalled(Try attempt, Instant now) {
    return new SendOutcome(List.of(returned(attempt, null, now)), now, true, null);
  }

  private static SendOutcome accepted(Try attempt, SendResult.Accepted accepted, Instant now) {
    Entry fact = fact(attempt, FactKind.ACCEPTED, null, accepted.providerMessageId(), now, null);
    String other = accepted.providerAddress();
    List<Entry> entries =
        other == null || other.equals(attempt.address)
            ? List.of(fact)
            : List.of(fact, new Entry.AddressAlias(attempt.channel, other, attempt.address));
    return new SendOutcome(entries, null, false, null);
  }

  private static SendOutcome failed(
      Try attempt, SendResult.Failed failed, Instant now, RetrySchedule schedule) {
    ErrorMeaning meaning = failed.meaning();
    return switch (meaning.reaction()) {
      case GIVE_UP -> new SendOutcome(List.of(refused(attempt, failed, now)), null, false, null);
      case GIVE_UP_AND_PAUSE ->
          new SendOutcome(List.of(refused(attempt, failed, now)), null, false, reason(failed));
      case UNSUBSCRIBE ->
          new SendOutcome(
              List.of(
                  refused(attempt, failed, now),
                  new Entry.Consent(attempt.channel, attempt.address, false, now)),
              null,
              false,
              null);
      case DEACTIVATE ->
          new SendOutcome(
              List.of(refused(attempt, failed, now), dead(attempt, failed, now)),
              null,
              false,
              null);
      case PAUSE ->
          new SendOutcome(List.of(returned(attempt, failed, now)), now, true, reason(failed));
      case RETRY, RETRY_SLOWLY, RETRY_ONCE -> {
        @Nullable Duration pause = schedule.pause(failed, attempt.number).orElse(null);
        yield pause == null
            ? new SendOutcome(List.of(refused(attempt, failed, now)), null, false, null)
            : new SendOutcome(List.of(returned(attempt, failed, now)), now.plus(pause), true, null);
      }
    };
  }

  private static String reason(SendResult.Failed failed) {
    return failed.meaning().words()
        + " "
        + failed.meaning().action()
        + " (The provider's answer: "
        + failed.code()
        + ", "
        + failed.text()
        + ")";
  }

  private static Entry dead(Try attempt, SendResult.Failed failed, Instant now) {
    Instant since = failed.deadSince();
    return new Entry.EndpointDead(
        attempt.channel,
        attempt.address,
        failed.code(),
        since == null || since.isAfter(now) ? now : since,
        attempt.connection);
  }

  private static Entry refused(Try attempt, SendResult.Failed failed, Instant now) {
    return fact(attempt, FactKind.REFUSED, failed.code(), null, now, failed.text());
  }

  private static Entry returned(Try attempt, SendResult.@Nullable Failed failed, Instant now) {
    String text = failed == null ? null : failed.code() + ": " + failed.text();
    return fact(attempt, FactKind.RETURNED, Integer.toString(attempt.number), null, now, text);
  }

  private static Entry fact(
      Try attempt,
      FactKind kind,
      @Nullable String detail,
      @Nullable String event,
      Instant now,
      @Nullable String text) {
    MessageRef message = attempt.message;
    return new Entry.OfFact(
        new Fact(message.campaign(), message.seq(), kind, detail, event, now, now, text, 0));
  }

  /**
   * One try of one message.
   *
   * @param number 1 for the first
   * @param address as our messages write it
   * @param connection id of the connection that it goes through
   */
  public record Try(
      MessageRef message, int number, Channel channel, String address, int connection) {}
}
