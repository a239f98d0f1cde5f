package dev.carillon.engine.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormParametersTest {

  @Test
  void eachNameHasItsValuesInTheirOrder() {
    FormParameters read =
        FormParameters.decode("b=2&a=1&b=3&empty=&bare&&=x&a%20b=%2B49+151&u=%C3%A9");

    assertThat(read.all("b")).containsExactly("2", "3");
    assertThat(read.first("a")).contains("1");
    assertThat(read.first("empty")).contains("");
    assertThat(read.first("bare")).contains("");
    assertThat(read.first("")).contains("x");
    assertThat(read.first("a b")).contains("+49 151");
    assertThat(read.first("u")).contains("é");
    assertThat(read.first("none")).isEmpty();
    assertThat(read.names()).containsExactly("b", "a", "empty", "bare", "", "a b", "u");
  }

  @Test
  void whatIsNotEncodedRightlyStaysAsItIs() {
    FormParameters read = FormParameters.decode("a=%zz&%=1&x==y");

    assertThat(read.first("a")).contains("%zz");
    assertThat(read.first("%")).contains("1");
    assertThat(read.first("x")).contains("=y");
    assertThat(FormParameters.decode("").names()).isEmpty();
    assertThat(FormParameters.decode("&&&").names()).isEmpty();
  }
}
