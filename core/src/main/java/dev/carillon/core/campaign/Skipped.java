package dev.carillon.core.campaign;

import org.jspecify.annotations.Nullable;

/**
 * Why a run was never sent.
 *
 * @param reason the kind of reason
 * @param detail the reason with its numbers, in a sentence; null where the kind says all
 */
public record Skipped(SkipReason reason, @Nullable String detail) {

  /** Without more than the kind of reason. */
  public Skipped(SkipReason reason) {
    this(reason, null);
  }

  /** The reason in plain words. */
  public String words() {
    return detail == null ? reason.words() : detail;
  }
}
