package dev.carillon.engine.provider;

import dev.carillon.core.message.ErrorClass;

/**
 * What an error code of a provider means and what is done about it.
 *
 * @param errorClass what it concerns
 * @param reaction what the dispatcher does
 * @param words what happened, in a sentence
 * @param action who must act and how, in a sentence
 */
public record ErrorMeaning(ErrorClass errorClass, Reaction reaction, String words, String action) {

  /** What is done when a send is answered with an error. */
  public enum Reaction {
    /** The message is refused for good. */
    GIVE_UP,
    /**
     * It was not taken; it is tried again with growing pauses, and refused after the last try. With
     * {@link ErrorClass#RATE} the whole connection sends more slowly for a while.
     */
    RETRY,
    /**
     * It was not taken because this person had too much for now; it alone is tried again, after 4,
     * 16, 64, ... seconds, and refused after the last try.
     */
    RETRY_SLOWLY,
    /** It was not taken; it is tried again once. */
    RETRY_ONCE,
    /** It was not taken; the campaign pauses until someone acts, and the message stays pending. */
    PAUSE,
    /** The message is refused and the campaign pauses until someone acts. */
    GIVE_UP_AND_PAUSE,
    /** The message is refused and the person counts as unsubscribed. */
    UNSUBSCRIBE,
    /** The message is refused, and its address counts as dead until it is registered anew. */
    DEACTIVATE
  }
}
