package dev.carillon.core;

/**
 * Spreads numbers over 64 bits, as the generator SplitMix64 does (Steele, Lea, Flood: Fast
 * Splittable Pseudorandom Number Generators, OOPSLA 2014). Draws are made with it, so it never
 * changes.
 */
public final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private SplitMix64() {}

  /** The first number that the generator gives for this seed. */
  public static long first(long seed) {
    return mix(seed + GOLDEN_GAMMA);
  }

  /** The generator's finaliser: a bijection in which each bit depends on all; 0 stays 0. */
  public static long mix(long number) {
    long z = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
