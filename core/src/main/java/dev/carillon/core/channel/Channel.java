package dev.carillon.core.channel;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.channel.sheet.FacebookSheet;
import dev.carillon.core.channel.sheet.PushSheet;
import dev.carillon.core.channel.sheet.SmsSheet;
import dev.carillon.core.channel.sheet.WhatsAppSheet;
import java.util.Locale;
import java.util.Optional;

/** A way to reach people. Its {@link #key()} is the name in JSON, addresses and tables. */
public enum Channel {
  PUSH("Push"),
  SMS("SMS"),
  WHATSAPP("WhatsApp"),
  FACEBOOK("Facebook Audiences");

  private final String title;

  Channel(String title) {
    this.title = title;
  }

  /** The lower-case name that the API, pages and tables use. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name on pages. */
  public String title() {
    return title;
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
