package dev.carillon.engine.definition.channel.pigeon;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.channel.PigeonNote;
import dev.carillon.engine.definition.channel.ChannelModule;
import dev.carillon.engine.definition.json.JsonPlace;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Pigeons: a note. */
@NullMarked
public final class PigeonModule implements ChannelModule {
  public static final ChannelModule INSTANCE = new PigeonModule();

  private static final int LONGEST = 160;

  private PigeonModule() {}

  @Override
  public Channel channel() {
    return Channel.PIGEON;
  }

  @Override
  public List<String> members() {
    return List.of("text");
  }

  @Override
  public @Nullable MessageContent read(JsonPlace place, @Nullable Integer connection) {
    String text = place.member("text").text(LONGEST);
    return text == null || connection == null ? null : new PigeonNote(connection, text);
  }

  @Override
  public void write(ObjectNode json, MessageContent message) {
    json.put("text", ((PigeonNote) message).text());
  }

  @Override
  public List<Problem> check(MessageContent message) {
    return ((PigeonNote) message).text().isBlank()
        ? List.of(new Problem("/text", "missing", "A note cannot be empty."))
        : List.of();
  }

  @Override
  public String title(MessageContent message) {
    return "A note";
  }

  @Override
  public List<String> texts(MessageContent message) {
    return List.of(((PigeonNote) message).text());
  }
}
