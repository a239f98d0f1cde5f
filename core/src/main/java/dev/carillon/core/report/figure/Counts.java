package dev.carillon.core.report.figure;

import dev.carillon.core.report.measure.Measure;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a report, as {@link Measure} defines them. Null: the channel does not have it.
 *
 * <p>Always {@code planned = control + suppressed + dispatchErrors + uncertain + pending + sent}
 * and, with receipts, {@code sent = delivered + deliveryErrors + unknown}.
 */
public record Counts(
    long planned,
    long qualified,
    long control,
    long controlSuppressed,
    long suppressed,
    long dispatchErrors,
    long uncertain,
    long pending,
    long sent,
    @Nullable Long delivered,
    @Nullable Long deliveredImplied,
    @Nullable Long deliveryErrors,
    @Nullable Long unknown,
    @Nullable Long viewed,
    @Nullable Long clicked,
    @Nullable Long botClicked,
    @Nullable Long replied,
    long converted,
    @Nullable Long viewConverted,
    @Nullable Long clickConverted) {

  /** Messages that came to nothing: suppressed, refused, or failed after they were sent. */
  public long errors() {
    return suppressed + dispatchErrors + (deliveryErrors == null ? 0 : deliveryErrors);
  }

  /**
   * How much of what is to be sent was tried, in whole percent from 0 to 100: (toSend - pending) /
   * toSend × 100, toSend = planned - control - suppressed.
   */
  public int percentTried() {
    long toSend = planned - control - suppressed;
    if (toSend == 0) {
      return planned == 0 ? 0 : 100;
    }
    return (int) (100 * (toSend - pending) / toSend);
  }

  /**
   * These and those of other messages together. What only one of both has is taken from that one,
   * so the first identity always holds for the sum, and the second where both have receipts or
   * neither has. Who is counted in both is counted twice.
   */
  public Counts plus(Counts other) {
    return new Counts(
        planned + other.planned,
        qualified + other.qualified,
        control + other.control,
        controlSuppressed + other.controlSuppressed,
        suppressed + other.suppressed,
        dispatchErrors + other.dispatchErrors,
        uncertain + other.uncertain,
        pending + other.pending,
        sent + other.sent,
        sum(delivered, other.delivered),
        sum(deliveredImplied, other.deliveredImplied),
        sum(deliveryErrors, other.deliveryErrors),
        sum(unknown, other.unknown),
        sum(viewed, other.viewed),
        sum(clicked, other.clicked),
        sum(botClicked, other.botClicked),
        sum(replied, other.replied),
        converted + other.converted,
        sum(viewConverted, other.viewConverted),
        sum(clickConverted, other.clickConverted));
  }

  private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one + other;
  }

  /** The number of a measure; null when the channel does not have it. */
  public @Nullable Long of(Measure measure) {
    return switch (measure) {
      case PLANNED -> planned;
      case QUALIFIED -> qualified;
      case CONTROL -> control;
      case CONTROL_SUPPRESSED -> controlSuppressed;
      case SUPPRESSED -> suppressed;
      case DISPATCH_ERRORS -> dispatchErrors;
      case UNCERTAIN -> uncertain;
      case PENDING -> pending;
      case SENT -> sent;
      case DELIVERED -> delivered;
      case DELIVERED_IMPLIED -> deliveredImplied;
      case DELIVERY_ERRORS -> deliveryErrors;
      case UNKNOWN -> unknown;
      case VIEWED -> viewed;
      case CLICKED -> clicked;
      case BOT_CLICKED -> botClicked;
      case REPLIED -> replied;
      case CONVERTED -> converted;
      case VIEW_CONVERTED -> viewConverted;
      case CLICK_CONVERTED -> clickConverted;
    };
  }
}
