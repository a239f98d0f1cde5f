package dev.carillon.core.channel;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.channel.sheet.FacebookSheet;
import dev.carillon.core.channel.sheet.PushSheet;
import dev.carillon.core.channel.sheet.SmsSheet;
import dev.carillon.core.channel.sheet.WhatsAppSheet;
import dev.carillon.core.user.EndpointKind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A way to reach people. Its {@link #key()} is the name in JSON, addresses and tables. */
public enum Channel {
  PUSH("Push", EndpointKind.DEVICE),
  SMS("SMS", EndpointKind.PHONE),
  WHATSAPP("WhatsApp", EndpointKind.PHONE),
  FACEBOOK("Facebook Audiences", EndpointKind.PHONE, EndpointKind.EMAIL);

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // It cannot be modified.
  private final Set<EndpointKind> endpoints;

  Channel(String title, EndpointKind first, EndpointKind... others) {
    this.title = title;
    this.endpoints = Collections.unmodifiableSet(EnumSet.of(first, others));
  }

  /** The lower-case name that the API, pages and tables use. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name on pages. */
  public String title() {
    return title;
  }

  /** What its messages are sent to: one of these kinds. */
  public Set<EndpointKind> endpoints() {
    return endpoints;
  }

  /**
   * What its statistics are made of.
   *
   * @param linksTracked whether the messages carry tracked links, on a channel where they need not
   */
  public ChannelSheet sheet(boolean linksTracked) {
    return switch (this) {
      case PUSH -> PushSheet.SHEET;
      case SMS -> SmsSheet.SHEET;
      case WHATSAPP -> WhatsAppSheet.of(linksTracked);
      case FACEBOOK -> FacebookSheet.SHEET;
    };
  }

  /** The channel with this key; empty when there is none. */
  public static Optional<Channel> ofKey(String key) {
    for (Channel channel : values()) {
      if (channel.key().equals(key)) {
        return Optional.of(channel);
      }
    }
    return Optional.empty();
  }
}
