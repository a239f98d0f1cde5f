package dev.carillon.server.pages.wording;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.SuppressionReason;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes a fact about a message in plain words. */
public final class FactText {
  private FactText() {}

  public static MessageEvent of(Fact fact) {
    return switch (fact.kind()) {
      case SUPPRESSED -> says(fact, "suppressed", "Suppressed", reason(fact.detail()));
      case ATTEMPTED -> says(fact, "pending", "Handed to the provider", "try " + fact.detail());
      case RETURNED ->
          says(fact, "uncertain", "The provider did not take it for now", "try " + fact.detail());
      case ACCEPTED -> says(fact, "sent", "Sent: the provider took it", id(fact));
      case REFUSED -> says(fact, "dispatchErrors", "Dispatch error", error(fact));
      case GHOST_SENT ->
          says(fact, "control", "Held out: this is when it would have been sent", "");
      case RECEIPT_SENT -> says(fact, "sent", "The provider sent it on", "");
      case RECEIPT_DELIVERED -> says(fact, "delivered", "Delivered", "");
      case RECEIPT_FAILED -> says(fact, "deliveryErrors", "Delivery error", error(fact));
      case VIEWED -> says(fact, "viewed", "Viewed", "");
      case CLICKED -> says(fact, "clicked", "Clicked", "link " + fact.detail());
      case BOT_CLICKED -> says(fact, "unknown", "A bot opened the link", "link " + fact.detail());
      case REPLIED -> says(fact, "replied", "Replied", text(fact));
      case REPLIED_IN_CONTEXT ->
          says(fact, "replied", "The reply named this message as the one replied to", "");
      case CONVERTED -> says(fact, "converted", "Converted", "");
      case VIEW_CONVERTED -> says(fact, "converted", "Converted after a view", "");
      case CLICK_CONVERTED -> says(fact, "converted", "Converted after a click", "");
      case CONVERSION_SHARED ->
          says(fact, "converted", "The conversion counts for another campaign too", "");
      case VARIANT_GIVEN ->
          says(
              fact,
              "pending",
              "To be sent as " + VariantText.name(String.valueOf(fact.detail())),
              "as the test decided");
    };
  }

  private static MessageEvent says(Fact fact, String key, String words, String detail) {
    return new MessageEvent(fact.at(), fact.receivedAt(), key, words, detail);
  }

  private static String error(Fact fact) {
    return Stream.of(fact.detail(), fact.text())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(": "));
  }

  private static String text(Fact fact) {
    return fact.text() == null ? "" : "\u201c" + fact.text() + "\u201d";
  }

  private static String id(Fact fact) {
    return fact.event() == null ? "" : fact.event();
  }

  private static String reason(@Nullable String key) {
    return Arrays.stream(SuppressionReason.values())
        .filter(known -> known.key().equals(key))
        .map(SuppressionReason::words)
        .findFirst()
        .orElse(key == null ? "" : key);
  }
}
