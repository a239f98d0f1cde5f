package dev.carillon.server.pages.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The libraries' files are where pages look for them, in the versions that are packed. */
class AssetsTest {

  @Test
  void everyFileIsThere() {
    Assets assets = new Assets();
    for (String file : new String[] {assets.tabler(), assets.htmx(), assets.echarts()}) {
      assertThat(getClass().getResource("/META-INF/resources" + file)).as(file).isNotNull();
    }
    for (String file :
        new String[] {
          "carillon.css",
          "carillon.js",
          "charts.js",
          "rule-builder.js",
          "sign-in.js",
          "theme.js",
          "favicon.svg"
        }) {
      assertThat(assets.own(file)).matches("/assets/" + file + "\\?v=[0-9a-f]{12}");
    }
  }
}
