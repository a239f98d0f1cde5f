package dev.carillon.storage.embedded.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.EndpointKind;
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
      for (int user = 1; user <= 5; user++) {
        tables.profile(user, "{}");
      }
      tables.endpoint(2, EndpointKind.PHONE, null);
      tables.endpoint(3, EndpointKind.PHONE, "913");
      tables.endpoint(4, EndpointKind.PHONE, "914");
      tables.endpoint(5, EndpointKind.PHONE, "915");
      tables.endpoint(1, EndpointKind.EMAIL, "a@example.org");
      tables.endpoint(3, EndpointKind.EMAIL, "a@example.org");
      tables.optOut(4, Channel.SMS);
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
