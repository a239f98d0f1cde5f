package dev.carillon.channels.support.madeup;

import dev.carillon.core.message.FactKind;
import dev.carillon.engine.provider.CallbackAnswer.Item;
import dev.carillon.engine.provider.FormParameters;
import java.time.Instant;
import java.util.Optional;

/** Reads {@code id=7&status=clicked&link=2&event=e9}. */
final class BulkCallback {
  private BulkCallback() {}

  static Optional<Item> read(FormParameters query, Instant receivedAt) {
    return query
        .first("id")
        .flatMap(id -> kind(query).map(kind -> item(id, kind, query, receivedAt)));
  }

  private static Optional<FactKind> kind(FormParameters query) {
    return switch (query.first("status").orElse("")) {
      case "delivered" -> Optional.of(FactKind.RECEIPT_DELIVERED);
      case "failed" -> Optional.of(FactKind.RECEIPT_FAILED);
      case "clicked" -> Optional.of(FactKind.CLICKED);
      default -> Optional.empty();
    };
  }

  private static Item item(String id, FactKind kind, FormParameters query, Instant at) {
    return new Item.Status(
        null,
        id,
        kind,
        query.first(kind == FactKind.CLICKED ? "link" : "code").orElse(null),
        query.first("event").orElse(null),
        null,
        at);
  }
}
