package dev.carillon.simulator.meta;

import dev.carillon.simulator.wire.WireAnswer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A scripted {@link Outcome} and the sends that it applies to.
 *
 * @param next how many sends it applies to; without end when zero
 * @param to only sends to this number (digits)
 * @param template only sends of this template
 * @param opaque only sends whose {@code biz_opaque_callback_data} starts so
 * @param probability of each matching send to get the outcome, above 0 up to 1
 */
public record OutcomeRule(
    int next,
    @Nullable String to,
    @Nullable String template,
    @Nullable String opaque,
    double probability,
    Outcome outcome,
    AtomicInteger used) {

  private static final String CONTENT_TYPE = "application/json; charset=UTF-8";
  private static final String HALF =
      "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"1\",\"wa_id\":\"1\"}],\"messages\":[]}";

  /** The next {@code count} sends, whatever they are. */
  public static OutcomeRule next(int count, Outcome outcome) {
    return new OutcomeRule(count, null, null, null, 1, outcome, new AtomicInteger());
  }

  /** Every send to {@code phone} (digits). */
  public static OutcomeRule to(String phone, Outcome outcome) {
    return new OutcomeRule(0, phone, null, null, 1, outcome, new AtomicInteger());
  }

  /** Each send with this probability. */
  public static OutcomeRule sometimes(double probability, Outcome outcome) {
    return new OutcomeRule(0, null, null, null, probability, outcome, new AtomicInteger());
  }

  /**
   * Reads a rule as the control endpoint takes it.
   *
   * @throws IllegalArgumentException when it cannot be understood
   */
  static OutcomeRule read(JsonNode node) {
    JsonNode when = node.path("when");
    double probability = when.path("probability").asDouble(1);
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be above 0 and at most 1");
    }
    String to = text(when, "to");
    return new OutcomeRule(
        when.path("next").asInt(0),
        to == null ? null : RecipientAddresses.digits(to),
        text(when, "template"),
        text(when, "opaque"),
        probability,
        readOutcome(node.path("then")),
        new AtomicInteger());
  }

  boolean concerns(String digits, String templateName, String reference) {
    return (to == null || to.equals(digits))
        && (template == null || template.equals(templateName))
        && (opaque == null || reference.startsWith(opaque));
  }

  /** Uses the rule once more; false when it is used up. */
  boolean use() {
    return next == 0 || used.getAndIncrement() < next;
  }

  private static Outcome readOutcome(JsonNode then) {
    boolean accepted = then.path("accepted").asBoolean(true);
    Duration pause = Duration.ofMillis(then.path("millis").asLong(1000));
    String type = then.path("type").asString("");
    return switch (type) {
      case "error" ->
          new Outcome.Refused(
              then.path("code").asInt(131000),
              then.path("httpStatus").isMissingNode() ? null : then.path("httpStatus").asInt(),
              text(then, "details"));
      case "status" ->
          new Outcome.Spoilt(
              then.path("accepted").asBoolean(false),
              new WireAnswer.Reply(
                  then.path("httpStatus").asInt(500),
                  then.path("contentType").asString("text/html"),
                  then.path("body").asString(""),
                  Map.of()));
      case "malformed" ->
          new Outcome.Spoilt(
              accepted, new WireAnswer.Reply(200, CONTENT_TYPE, HALF.substring(0, 40), Map.of()));
      case "breakOff" ->
          new Outcome.Spoilt(
              accepted,
              new WireAnswer.BrokenOff(new WireAnswer.Reply(200, CONTENT_TYPE, HALF, Map.of())));
      case "reset" -> new Outcome.Spoilt(accepted, new WireAnswer.Cut());
      case "hang" -> new Outcome.Spoilt(accepted, new WireAnswer.Held(pause, new WireAnswer.Cut()));
      case "delay" -> new Outcome.Slow(pause);
      case "failLater" ->
          new Outcome.FailedLater(
              then.path("code").asInt(131026), pause, then.path("afterSent").asBoolean(true));
      case "callbackFirst" -> new Outcome.CallbackFirst();
      case "silent" -> new Outcome.Silent();
      default -> throw new IllegalArgumentException("unknown type of outcome: " + type);
    };
  }

  private static @Nullable String text(JsonNode node, String name) {
    return node.path(name).isString() ? node.path(name).asString("") : null;
  }
}
