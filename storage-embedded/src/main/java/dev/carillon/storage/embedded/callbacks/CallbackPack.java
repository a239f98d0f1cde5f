package dev.carillon.storage.embedded.callbacks;

import dev.carillon.engine.port.facts.Entry.RawCallback;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.journal.BinaryReader;
import dev.carillon.storage.embedded.journal.BinaryWriter;
import dev.carillon.storage.embedded.journal.Compressed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Raw callbacks in one run of bytes, compressed together: most of a callback is the same in all of
 * them.
 */
final class CallbackPack {
  private CallbackPack() {}

  static byte[] of(List<RawCallback> callbacks) {
    BinaryWriter sink = new BinaryWriter();
    for (RawCallback callback : callbacks) {
      sink.number(callback.id());
      sink.number(callback.connection());
      sink.number(Micros.of(callback.receivedAt()));
      sink.blob(callback.body());
    }
    return Compressed.of(sink.toBytes());
  }

  static List<RawCallback> callbacks(byte[] pack) {
    BinaryReader source = new BinaryReader(Compressed.plain(pack));
    List<RawCallback> callbacks = new ArrayList<>();
    while (!source.isAtEnd()) {
      callbacks.add(
          new RawCallback(
              source.number(), source.integer(), Micros.instant(source.number()), source.blob()));
    }
    return callbacks;
  }

  /** Those of its callbacks whose bytes hold one of the texts. */
  static List<RawCallback> naming(byte[] pack, Collection<String> texts) {
    List<String> sought = texts.stream().map(CallbackPack::bytesOf).toList();
    return holds(Compressed.plain(pack), sought)
        ? callbacks(pack).stream().filter(callback -> holds(callback.body(), sought)).toList()
        : List.of();
  }

  /** Lower-case texts are found in any case, as providers write e-mail addresses as they like. */
  private static boolean holds(byte[] bytes, List<String> sought) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (sought.stream().anyMatch(text::contains)) {
      return true;
    }
    List<String> addresses =
        sought.stream().filter(one -> one.contains("@") || one.contains("%40")).toList();
    String lower = addresses.isEmpty() ? "" : text.toLowerCase(Locale.ROOT);
    return addresses.stream().anyMatch(lower::contains);
  }

  /** A text's bytes, one a character, as bytes of any kind can be searched for. */
  private static String bytesOf(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
