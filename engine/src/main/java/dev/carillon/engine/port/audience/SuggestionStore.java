package dev.carillon.engine.port.audience;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What names and values there are, for people who write rules. Large tables are sampled, so what is
 * rare may be missing and counts are rough.
 */
public interface SuggestionStore {

  /** Properties of users whose name begins with the text, most frequent first. */
  List<Suggestion> suggestProperties(String prefix, int limit);

  /** Events whose name begins with the text, most frequent first. */
  List<Suggestion> suggestEvents(String prefix, int limit);

  /** Whether an event of this name ever came by a key of apps and pages, which is no secret. */
  boolean isPublicEvent(String event);

  /** Properties of an event, of its latest ones. */
  List<Suggestion> suggestEventProperties(String event, String prefix, int limit);

  /**
   * Values of a property, most frequent first; elements of lists by themselves.
   *
   * @param event the event whose property it is; null for users
   */
  List<Suggestion> suggestValues(@Nullable String event, String property, String prefix, int limit);
}
