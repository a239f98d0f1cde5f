package dev.carillon.core.campaign;

import dev.carillon.core.SplitMix64;
import java.math.BigInteger;

/**
 * The draw of a user into one of 10,000 buckets of a campaign: {@code ((a × userKey + b) mod p) mod
 * 10,000} with p = 2^61 - 1 and a, b drawn from the campaign's id. The same on every node and in
 * every store's SQL, for ever; independent from campaign to campaign.
 *
 * @param multiplier a, 1 to p - 1
 * @param addend b, 0 to p - 1
 */
public record Draw(long multiplier, long addend) {
  public static final long PRIME = (1L << 61) - 1;
  public static final int BUCKETS = 10_000;

  /** The draw of rules by bucket: the same in all campaigns, of which none has the number 0. */
  public static final Draw OF_RULES = of(0, Purpose.RULE);

  /** The draw of the system control group: the same in all campaigns. */
  public static final Draw OF_SYSTEM_CONTROL_GROUP = of(0, Purpose.SYSTEM_CONTROL_GROUP);

  /**
   * The draw of a campaign.
   *
   * @param campaign the campaign's id
   * @param purpose what is drawn, so that control group, variants and rules are independent
   */
  public static Draw of(int campaign, Purpose purpose) {
    long a = SplitMix64.first(SplitMix64.first(campaign) + purpose.number);
    long b = SplitMix64.first(a);
    return new Draw(Math.floorMod(a, PRIME - 1) + 1, Math.floorMod(b, PRIME));
  }

  /** The user's bucket, 0 to 9,999. */
  public int bucket(long userKey) {
    return BigInteger.valueOf(multiplier)
        .multiply(BigInteger.valueOf(userKey))
        .add(BigInteger.valueOf(addend))
        .mod(BigInteger.valueOf(PRIME))
        .mod(BigInteger.valueOf(BUCKETS))
        .intValue();
  }

  /** What a draw decides. */
  public enum Purpose {
    CONTROL_GROUP(1),
    VARIANT(2),
    RULE(3),
    SYSTEM_CONTROL_GROUP(4),
    WINNER_TEST(5);

    private final int number;

    Purpose(int number) {
      this.number = number;
    }
  }
}
