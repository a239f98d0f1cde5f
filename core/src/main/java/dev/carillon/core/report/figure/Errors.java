package dev.carillon.core.report.figure;

import java.util.List;

/**
 * Why messages were not sent or not delivered. Each message stands in one line of a list, so the
 * lines add up to the counts.
 *
 * @param suppressed by reason, most first
 * @param dispatch refused by the provider, most first
 * @param delivery accepted and then failed, most first; empty where there are no receipts
 */
public record Errors(List<Suppressed> suppressed, List<ByCode> dispatch, List<ByCode> delivery) {
  public Errors {
    suppressed = List.copyOf(suppressed);
    dispatch = List.copyOf(dispatch);
    delivery = List.copyOf(delivery);
  }

  /**
   * One reason.
   *
   * @param reason its key
   * @param text the reason in plain words
   */
  public record Suppressed(String reason, String text, long count) {}

  /**
   * One code.
   *
   * @param code the provider's code
   * @param errorClass key of what it means for the one who must act; {@code class} in JSON
   * @param text the provider's words; ours when it gave none
   * @param action who must act and how, in a sentence
   */
  public record ByCode(String code, String errorClass, String text, String action, long count) {}
}
