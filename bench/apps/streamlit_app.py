"""The plain Streamlit way: a fragment that runs again every five seconds."""

import streamlit as st
from drawing import bars, choropleth, posts, read_results


@st.fragment(run_every=5)
def refresh() -> None:
    table = read_results()
    st.plotly_chart(bars(table), key="bars")
    st.plotly_chart(choropleth(table), key="map")
    st.markdown("\n".join(f"- {text}" for text in posts()))


st.title("Primaire d’essai")
refresh()
