package dev.carillon.bench;

/**
 * How much of everything.
 *
 * @param messages messages of the campaign whose report is made; the store holds 2.5 times as many
 * @param requests callbacks a round
 * @param events events uploaded a round
 * @param sends messages sent a round
 * @param people profiles that segments are counted over and runs planned for; ten events each
 */
record Sizes(int messages, int requests, int events, int sends, int people) {
  static final Sizes USUAL = new Sizes(1_000_000, 60_000, 100_000, 100_000, 1_000_000);
  static final Sizes FULL = new Sizes(10_000_000, 60_000, 500_000, 100_000, 10_000_000);
}
