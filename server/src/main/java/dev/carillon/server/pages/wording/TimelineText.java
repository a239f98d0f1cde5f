package dev.carillon.server.pages.wording;

import dev.carillon.core.message.SuppressionReason;
import dev.carillon.engine.port.people.ChannelConsent;
import dev.carillon.engine.port.people.Timeline;

/** Describes lines of a person's timeline, and where consent comes from, in plain words. */
public final class TimelineText {
  private TimelineText() {}

  /** The kind's name, for filters. */
  public static String kind(Timeline.Kind kind) {
    return switch (kind) {
      case EVENT -> "Events";
      case PLANNED -> "Planned";
      case SUPPRESSED -> "Suppressed";
      case HELD_OUT -> "Held out";
      case SENT -> "Sent";
      case DISPATCH_ERROR -> "Dispatch errors";
      case DELIVERED -> "Delivered";
      case DELIVERY_ERROR -> "Delivery errors";
      case VIEWED -> "Viewed";
      case CLICKED -> "Clicked";
      case REPLIED -> "Replied";
      case CONVERTED -> "Converted";
      case INCOMING -> "Conversation";
    };
  }

  /** What became of the message, as the beginning of a sentence that ends with its campaign. */
  public static String words(Timeline.OfMessage entry) {
    return switch (entry.kind()) {
      case EVENT -> "Did something after";
      case PLANNED -> entry.control() ? "Drawn into the control group of" : "Planned for";
      case SUPPRESSED -> "Suppressed in";
      case HELD_OUT -> "Held out of";
      case SENT -> "Sent by";
      case DISPATCH_ERROR -> "Dispatch error in";
      case DELIVERED -> "Delivered by";
      case DELIVERY_ERROR -> "Delivery error in";
      case VIEWED -> "Viewed the message of";
      case CLICKED -> "Clicked in the message of";
      case REPLIED -> "Replied to";
      case CONVERTED -> "Converted for";
      case INCOMING -> "In the conversation after";
    };
  }

  /** The reason, the error or the answer; empty without. */
  public static String detail(Timeline.OfMessage entry) {
    String detail = entry.detail() == null ? "" : entry.detail();
    String text = entry.text() == null ? "" : entry.text();
    return switch (entry.kind()) {
      case SUPPRESSED ->
          SuppressionReason.find(detail).map(SuppressionReason::words).orElse(detail);
      case DISPATCH_ERROR, DELIVERY_ERROR ->
          detail.isEmpty() || text.isEmpty() ? detail + text : detail + ": " + text;
      case CLICKED -> detail.isEmpty() ? "" : "link " + detail;
      case REPLIED -> text.isEmpty() ? "" : "\u201c" + text + "\u201d";
      case EVENT, PLANNED, HELD_OUT, SENT, DELIVERED, VIEWED, CONVERTED, INCOMING -> "";
    };
  }

  /** The colour of the entry. */
  public static String key(Timeline.OfMessage entry) {
    return switch (entry.kind()) {
      case EVENT, PLANNED -> entry.control() ? "control" : "planned";
      case SUPPRESSED -> "suppressed";
      case HELD_OUT -> "control";
      case SENT -> "sent";
      case DISPATCH_ERROR -> "dispatchErrors";
      case DELIVERED -> "delivered";
      case DELIVERY_ERROR -> "deliveryErrors";
      case VIEWED -> "viewed";
      case CLICKED -> "clicked";
      case REPLIED, INCOMING -> "replied";
      case CONVERTED -> "converted";
    };
  }

  /** What happened in the conversation; its text says more. */
  public static String words(Timeline.Incoming entry) {
    return switch (entry.type()) {
      case "reaction" -> "Reacted with";
      case "request_welcome" -> "Opened a conversation for the first time";
      case "system" -> "WhatsApp reports";
      case "unsupported" -> "Sent something that WhatsApp cannot pass on";
      default -> "Conversation: " + entry.type();
    };
  }

  /** What the consent rests on. */
  public static String because(ChannelConsent consent) {
    return switch (consent.said()) {
      case NOTHING -> "Nothing was said";
      case PROFILE -> "On the profile, by an upload, the API or an import";
      case MESSAGE -> consent.subscribed() ? "Asked for it in a message" : "Wrote STOP or the like";
      case PROVIDER -> "Chosen at the provider";
    };
  }
}
