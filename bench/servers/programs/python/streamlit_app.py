"""A page of Streamlit."""
import streamlit

streamlit.write("ok")
