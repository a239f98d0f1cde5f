package dev.carillon.simulator.time;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random draws that depend only on a seed and on what they are drawn for, so that they come out the
 * same whatever else was drawn before and on whichever thread.
 */
public final class SeededDraws {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private SeededDraws() {}

  /** A generator for the thing named by {@code parts}, the same for the same arguments. */
  public static RandomGenerator of(long seed, String... parts) {
    return new SplittableRandom(hash(seed, parts));
  }

  /** A well-mixed number for the thing named by {@code parts}. */
  public static long hash(long seed, String... parts) {
    long hash = FNV_OFFSET ^ mix(seed);
    for (String part : parts) {
      for (int i = 0; i < part.length(); i++) {
        hash = (hash ^ part.charAt(i)) * FNV_PRIME;
      }
      hash = (hash ^ 0x1F) * FNV_PRIME;
    }
    return mix(hash);
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
