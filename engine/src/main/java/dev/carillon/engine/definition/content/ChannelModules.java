package dev.carillon.engine.definition.content;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.engine.definition.channel.ChannelModule;
import dev.carillon.engine.definition.channel.whatsapp.WhatsAppModule;
import java.util.Optional;

/** The channels' modules. */
public final class ChannelModules {
  private ChannelModules() {}

  /** The channel's module; empty for one on which nothing can be sent yet. */
  public static Optional<ChannelModule> of(Channel channel) {
    return switch (channel) {
      case WHATSAPP -> Optional.of(WhatsAppModule.INSTANCE);
      case PUSH, SMS, FACEBOOK -> Optional.empty();
    };
  }

  /** The module that knows a content. */
  public static ChannelModule of(MessageContent message) {
    return of(message.channel()).orElseThrow();
  }
}
