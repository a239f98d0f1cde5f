package dev.carillon.storage.embedded.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.audience.Reach;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReachSqlTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final Evaluation EVALUATION = new Evaluation(AT, ZoneOffset.UTC);

  @Test
  void anEstimateCountsWhoCanBeReached() throws SQLException {
    try (AudienceTables tables = new AudienceTables()) {
      tables.profile(1, "{}", null, 0);
      tables.profile(2, "{}", "12", 2);
      tables.profile(3, "{}", "913", 1);
      tables.profile(4, "{}", "914", 1);
      tables.profile(5, "{}", "915", 1);
      tables.execute("UPDATE profile SET email = 'a@example.org' WHERE user_key IN (1, 3)");
      tables.execute("UPDATE profile SET subscribed_sms = false WHERE user_key = 4");
      tables.consent("whatsapp", "915", false, AT);
      Reach reach = ReachSql.estimate(tables.connection(), new Rule.Everyone(), EVALUATION);
      assertThat(reach)
          .isEqualTo(
              new Reach(
                  5,
                  Map.of(
                      Channel.PUSH,
                      0L,
                      Channel.SMS,
                      2L,
                      Channel.WHATSAPP,
                      2L,
                      Channel.FACEBOOK,
                      4L)));
      for (Channel channel : Channel.values()) {
        Rule reachable = new Rule.Reachable(channel);
        assertThat(ReachSql.estimate(tables.connection(), reachable, EVALUATION).total())
            .as(channel.key())
            .isEqualTo(reach.reachable().get(channel));
      }
    }
  }
}
